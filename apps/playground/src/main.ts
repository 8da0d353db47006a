/** The entry of the page: starts the shell, which shows the page that the address names. */
import { startShell } from './shell/shell.ts'

startShell(document.body)
