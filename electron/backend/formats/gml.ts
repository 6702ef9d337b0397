import path from 'node:path'
import { authorityOf, parseWkt } from '#core/crs/wkt.ts'
import { bilingual } from '#core/text.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { readWithGdal } from './gdal.ts'
import { dropOutputs, sourceOfGdal } from './gdal-source.ts'
import { plainNumber } from './html-table.ts'
import { statedCrs } from './named-crs.ts'
import { shownName } from './read-file.ts'
import { openStaging, stageText, type TextChange } from './staging.ts'
import { doctypeRefused, xmlEncoding } from './xml-encoding.ts'

/** Refuses document types wherever they stand, also across the border of two pieces; the copy says that it is UTF-8. */
function guard(shown: string): TextChange {
  let tail = ''
  let line = 1
  return (text, place) => {
    const seen = tail + text
    const at = seen.search(/<!(DOCTYPE|ENTITY)/i)
    if (at >= 0) {
      const before = seen.slice(0, at)
      throw doctypeRefused(shown, line + before.split('\n').length - 1, before.length - before.lastIndexOf('\n'))
    }
    tail = text.slice(-16)
    line += text.slice(0, text.length - tail.length).split('\n').length - 1
    return place === 'first' ? text.replace(/^(\uFEFF?\s*<\?xml[^>]*?\bencoding\s*=\s*)(["'])[^"']*\2/, '$1$2UTF-8$2') : text
  }
}

/** The code of a srsName: GDAL has looked it up and written it at the root of its text. */
function codeOf(wkt: string | null): number | null {
  const root = wkt === null ? null : parseWkt(wkt)
  const authority = root && authorityOf(root)
  return authority?.name === 'EPSG' ? Number(authority.code) : null
}

async function openGml(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  const { label, guess } = xmlEncoding(file, shown, options.encoding)
  const staged = openStaging(options)
  try {
    const copy = path.join(staged.folder, 'source.gml')
    const sizeBytes = stageText({ path: file, shown, label }, copy, options.report, guard(shown))
    const answer = await readWithGdal({ file: copy, shown, sizeBytes, report: options.report })
    try {
      return sourceOfGdal(
        answer.layers,
        {
          shown,
          rowOffset: null, // GDAL makes its numbers of whatever digits an id holds
          name: ({ name }) => (answer.layers.length === 1 ? null : name),
          crs: ({ wkt }, extent) => statedCrs({ source: bilingual('GML', 'the GML'), epsg: codeOf(wkt), wkt }, extent),
          encoding: guess,
          interpret: plainNumber,
        },
        options,
      )
    } finally {
      dropOutputs(answer)
    }
  } finally {
    staged.remove()
  }
}

/** OGC GML, simple features; schemas and links are never fetched. CityGML themes have a reader of their own. */
export const gml: Format = {
  id: 'gml',
  label: bilingual('GML（简单要素）', 'GML (simple features)'),
  extensions: ['.gml'],
  recognises: (file) => path.extname(file).toLowerCase() === '.gml',
  open: openGml,
}
