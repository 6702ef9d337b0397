/** A file name of an export: what it is of without what file systems forbid, then what it is. */
export const exportName = (of: string, what: string): string =>
  `${of
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, 60)
    .toWellFormed()}-${what}`
