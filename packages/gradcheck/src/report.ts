export { toHtml } from './report/html.ts'
export { toJUnit } from './report/junit.ts'
