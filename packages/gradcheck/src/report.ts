export { type HeatMap, type HeatMaps, heatMapsOf } from './report/heat-map.ts'
export { toHtml } from './report/html.ts'
export { toJUnit } from './report/junit.ts'
