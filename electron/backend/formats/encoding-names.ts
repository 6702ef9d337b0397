/** Names that .cpg files and people use for encodings → labels of the platform's decoder. */
const NAMES: Record<string, string> = {
  utf8: 'utf-8',
  '65001': 'utf-8',
  gbk: 'gbk',
  '936': 'gbk',
  cp936: 'gbk',
  ansi936: 'gbk',
  gb2312: 'gbk',
  gb18030: 'gb18030',
  '54936': 'gb18030',
  big5: 'big5',
  '950': 'big5',
  cp950: 'big5',
  sjis: 'shift_jis',
  shiftjis: 'shift_jis',
  '932': 'shift_jis',
  cp932: 'shift_jis',
  '949': 'euc-kr',
  latin1: 'windows-1252',
  iso88591: 'windows-1252',
  '88591': 'windows-1252',
  '1252': 'windows-1252',
  ansi1252: 'windows-1252',
  cp1252: 'windows-1252',
}

/** Language driver byte of a DBF header → decoder label; 0x57 ("ANSI of that machine") says nothing and is left out. */
export const LDID: Record<number, string> = {
  0x03: 'windows-1252',
  0x13: 'shift_jis',
  0x4d: 'gbk',
  0x4e: 'euc-kr',
  0x4f: 'big5',
  0x58: 'windows-1252',
  0x59: 'windows-1252',
  0x78: 'big5',
  0x79: 'euc-kr',
  0x7a: 'gbk',
  0x7b: 'shift_jis',
  0xc8: 'windows-1250',
  0xc9: 'windows-1251',
  0xcb: 'windows-1253',
  0xca: 'windows-1254',
}

/** The decoder's label of an encoding as people write it, or undefined when there is none. */
export function encodingLabel(name: string): string | undefined {
  const plain = name.trim().toLowerCase()
  const known = NAMES[plain.replace(/[\s_-]/g, '')]
  if (known !== undefined) return known
  try {
    return new TextDecoder(plain).encoding
  } catch {
    return undefined // the platform has no such decoder: the caller says so
  }
}

/** As people know it: "UTF-8", "GBK". */
export const shownEncoding = (label: string): string => (label.startsWith('windows') ? label : label.toUpperCase())
