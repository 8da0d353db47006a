import { createPaint } from '@gosa/cli-kit'
import type { CaseResult } from './check/case-result.ts'
import { caseDetails } from './render/case-lines.ts'

/** Plain text as wide as it likes. */
const surface = { columns: 200, paint: createPaint({}, {}) }

/**
 * The results as JUnit XML, which CI systems read: a test case for each case, of the module that it comes from. A wrong
 * gradient and one that cannot be judged are failures, with all that is known of them; what was thrown is an error.
 *
 * Source: the schema of Jenkins' xUnit plugin.
 */
export function toJunit(results: readonly CaseResult[], seconds: number, folder: string): string {
  const errors = results.filter(({ problem }) => problem).length
  const failures = results.filter(({ ok }) => !ok).length - errors
  const counts = `tests="${results.length}" failures="${failures}" errors="${errors}" time="${seconds.toFixed(3)}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="gosa-gradcheck" ${counts}>`,
    ...results.map((result) => testCase(result, folder)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(result: CaseResult, folder: string): string {
  const { name, module = 'gosa-gradcheck', ok, verdict, problem } = result
  const open = `    <testcase classname="${escaped(module)}" name="${escaped(name)}"`
  if (ok) return `${open}/>`
  const [kind, message] = problem ? ['error', problem.message] : ['failure', headline(result)]
  const details = escaped(caseDetails(result, surface, folder).join('\n'))
  return `${open}>\n      <${kind} type="${verdict}" message="${escaped(message)}">${details}</${kind}>\n    </testcase>`
}

/** What is wrong, in one line: `W is wrong at (1, 3)`. */
function headline({ entries, findings, verdict }: CaseResult): string {
  const entry = entries.find((each) => each.verdict === 'fail')
  if (entry)
    return `${entry.name}: ${entry.wrong} of ${entry.compared} wrong, worst at (${entry.worst?.index.join(', ')})`
  return findings.length > 0 ? `${findings[0].name}: ${findings[0].message}` : verdict
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML; characters that XML does not know at all become "�". */
const escaped = (text: string): string =>
  text
    .replace(/[&<>"]/g, (character) => ENTITIES[character])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML does not allow
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
