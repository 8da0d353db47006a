import { homedir } from 'node:os'

/** Folders that only one machine has: where people's homes and work stand on the usual systems; `me` is nobody. */
const homes = /(?<![\w.~*-])(\/(home|Users|root|mnt|srv|work)\/(?!me\b)[\w.-]+|[A-Z]:\\+Users\\+(?!me\b)\w+)/g

/** Paths of one machine that a file names; `top` is the repository's folder on this one. */
export function machinePaths(path: string, text: string, top: string): string[] {
  const own = [top, homedir()].map((place) => place.replace(/[/\\]+$/, '')).filter(deep)
  return [...(text.match(homes) ?? []), ...own.filter((place) => names(text, place))].map(
    (match) => `${path}: ${match}`,
  )
}

/** A folder right below the root of a disk may be called anything, `/src` for one. */
const deep = (place: string): boolean => place.split(/[/\\]/).length > 2

function names(text: string, place: string): boolean {
  return text.split(place).some((rest, i) => i > 0 && !/^[\w.-]/.test(rest))
}
