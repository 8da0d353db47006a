/** The pictures of the READMEs by file name. */
export function pictures(): Record<string, string>
