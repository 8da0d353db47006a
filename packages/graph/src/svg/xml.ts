/** Text as it may stand in XML, in elements and in attributes: what XML 1.0 cannot hold is left out. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** A length with at most two decimals. */
export const px = (x: number): string => String(Math.round(x * 100) / 100)
