export { channelsOf, customProperties, mixColors, type Palette, palettes, signedColors } from './palette.ts'
