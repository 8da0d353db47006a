import type { Output } from '@gosa/cli-kit'

/** The output of one run of a sweep: lines of JSON say which run they are of, people see its progress and warnings. */
export function runOutput(output: Output, run: number, runs: number): Output {
  const prefix = `${run}/${runs} `
  const silent = { value: () => {} }
  return Object.create(output, {
    detail: silent,
    result: silent,
    note: silent,
    warn: { value: (line: string) => output.warn(`${prefix}${line}`) },
    value: { value: (value: object) => output.value({ ...value, run }) },
    progressColumns: { get: () => Math.max(0, output.progressColumns - prefix.length) },
    progress: { value: (text = '') => output.progress(text && `${prefix}${text}`) },
  })
}
