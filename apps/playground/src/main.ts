/** The entry of the page: starts the shell, which shows the page that the address names. */
import { pages } from './pages.ts'
import { startShell } from './shell/shell.ts'

startShell(document.body, pages)
