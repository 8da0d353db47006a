/** Charts as SVG, and the colours that pages and pictures share. */
export { axisTicks, linearScale, niceRange, type Range, rangeOf, type Scale, type Ticks } from './axis.ts'
export { chartStyle } from './chart-style.ts'
export { type Histogram, type HistogramTexts, histogram, histogramChart } from './histogram.ts'
export { type ChartPoint, type LineChart, lineChart, type Series, type SeriesKind } from './line-chart.ts'
export {
  channelsOf,
  customProperties,
  type GraphPalette,
  graphPalettes,
  mixColors,
  type Palette,
  palettes,
  signedColors,
} from './palette.ts'
export { type ScatterChart, scatterChart } from './scatter-chart.ts'
