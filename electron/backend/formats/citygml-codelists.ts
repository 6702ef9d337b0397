import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { readXml } from './xml-reader.ts'
import { xmlEncoding } from './xml-encoding.ts'

/** Where a theme's code lists lie, seen from its own folder: `udx/urf/x.gml` has them in `codelists/` beside `udx`. */
const FOLDERS = ['codelists', '../codelists', '../../codelists']
const LIMIT_BYTES = 16 * 1024 * 1024
const NAME = /^[\w-]{1,120}\.xml$/

/**
 * Words for codes, from the code lists beside a CityGML file. A `codeSpace` is never followed: only its file name is taken, and only
 * looked for in the known places.
 */
export class Codelists {
  readonly #folders: string[]
  readonly #known = new Map<string, ReadonlyMap<string, string>>()
  /** Lists that the file refers to and that are not there. */
  readonly missing = new Set<string>()

  constructor(file: string) {
    this.#folders = FOLDERS.map((folder) => path.resolve(path.dirname(file), folder))
  }

  /** The word for a code, or null. @throws AppError `import.xml-broken` for a list that is not XML */
  word(codeSpace: string, code: string): string | null {
    const name = codeSpace.slice(codeSpace.lastIndexOf('/') + 1)
    if (!NAME.test(name)) return null
    const list = this.#known.get(name) ?? this.#read(name)
    this.#known.set(name, list)
    return list.get(code) ?? null
  }

  #read(name: string): ReadonlyMap<string, string> {
    const words = new Map<string, string>()
    const file = this.#folders.map((folder) => path.join(folder, name)).find((candidate) => existsSync(candidate))
    const found = file === undefined ? undefined : statSync(file)
    if (file === undefined || !found?.isFile() || found.size > LIMIT_BYTES) {
      this.missing.add(name)
      return words
    }
    let entry: { code: string; word: string } | null = null
    readXml(
      { path: file, shown: name, label: xmlEncoding(file, name, null).label },
      {
        open: (element) => {
          if (element === 'Definition') entry = { code: '', word: '' }
        },
        close: (element, text) => {
          if (entry && element === 'name') entry.code = text.trim()
          if (entry && element === 'description') entry.word = text.trim()
          if (entry && element === 'Definition') {
            words.set(entry.code, entry.word)
            entry = null
          }
        },
      },
    )
    return words
  }
}
