/** `@gosa/gradcheck/report`: reports as an HTML page and as JUnit XML, and the columns and heat maps for pages of your own. */

export { type HeatMap, type HeatMaps, heatMapsOf } from './report/heat-map.ts'
export { toHtml } from './report/html.ts'
export { toJUnit } from './report/junit.ts'
export { ENGLISH as ENGLISH_PAGE, type PageTexts } from './report/page-texts.ts'
export {
  type CellFormat,
  COLUMNS as REPORT_COLUMNS,
  type ReportColumn,
  type ReportRow,
} from './report/table.ts'
