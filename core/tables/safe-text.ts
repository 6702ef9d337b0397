/**
 * Text that a spreadsheet must not take for a formula (CWE-1236): what begins with one of the characters that start one, also
 * behind blanks that the program strips, and the fullwidth forms that some input methods write.
 */
const FORMULA_START = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u

/** Characters that neither XML 1.0 nor people can use; a line break within a cell stays. */
// oxlint-disable-next-line no-control-regex -- these are the characters meant
const UNUSABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/gu

/** A text without characters that no spreadsheet file may hold. Half a surrogate pair becomes the replacement character. */
export const cleanText = (text: string): string => text.toWellFormed().replace(UNUSABLE, '')

/** True for a text that a spreadsheet would calculate when it is opened from CSV. */
export const looksLikeFormula = (text: string): boolean => FORMULA_START.test(text)

/** A text that every spreadsheet shows as it is: an apostrophe before what would be a formula. Figures never come here. */
export function safeText(text: string): string {
  const clean = cleanText(text)
  return looksLikeFormula(clean) || looksLikeFormula(text) ? `'${clean}` : clean
}
