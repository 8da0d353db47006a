import { readFileSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { CaseResult } from '../cases/case-result.ts'
import { caseFailures } from './show-results.ts'

/*
 * `--format github`: workflow commands, which GitHub Actions shows as annotations beside the code.
 *
 * Source: GitHub Docs, "Workflow commands for GitHub Actions", setting an error message.
 */

/** Where paths begin: the folder in which the command runs, and that of the repository. */
interface Folders {
  readonly folder: string
  readonly repository?: string
}

/** `::error file=my-layer.ts,line=7,title=…::…` for each case that does not pass; `::warning` if there is no verdict. */
export const githubAnnotations = (results: readonly CaseResult[], folders: Folders): string[] =>
  results.filter(({ ok }) => !ok).map((result) => annotation(result, folders))

function annotation(result: CaseResult, { folder, repository = folder }: Folders): string {
  const { name, module, problem, verdict } = result
  const file = problem?.place?.file ?? (module && resolve(folder, module))
  const line = problem?.place?.line ?? (file && lineOfCase(file, name))
  const properties = Object.entries({
    file: file && relative(repository, file).split(sep).join('/'),
    line,
    title: `gosa-gradcheck: ${name}`,
  }).flatMap(([key, value]) => (value ? [`${key}=${escapeProperty(String(value))}`] : []))
  const message = [...caseFailures(result), ...(problem ? [problem.message] : []), ...result.notes].join('\n')
  return `::${verdict === 'fail' ? 'error' : 'warning'} ${properties.join(',')}::${escapeMessage(message || verdict)}`
}

/** The first line that holds the name of a case, in quotes or as that of an export; undefined if none does. */
function lineOfCase(file: string, name: string): number | undefined {
  try {
    const lines = readFileSync(file, 'utf8').split(/\r?\n/)
    const plain = name.replace(/\[\d+\]$/, '')
    const isNamed = (line: string): boolean =>
      [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => line.includes(quoted)) ||
      (line.startsWith('export ') && line.split(/\W+/).includes(plain))
    return lines.findIndex(isNamed) + 1 || undefined
  } catch {
    return undefined
  }
}

const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string =>
  escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
