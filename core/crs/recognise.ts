import { bilingual } from '../text.ts'
import type { Guess } from '../model/inspection.ts'
import { LOCAL_METRES } from '../model/local-metres.ts'
import { crsInfo, type CrsInfo } from './crs.ts'
import { crsDatabase, nameKey, type CrsDatabase } from './database.ts'
import { doubtful, guessFromCoordinates, type Extent, type Others } from './coordinates.ts'
import { epsgOfEsri } from './esri-codes.ts'
import { checkAgainstExtent } from './plausible.ts'
import { customFromWkt, matchParameters, sameParameters } from './match.ts'
import { authorityOf, findNode, parseWkt, type WktNode } from './wkt.ts'

/** A guess of a CRS: its code, how sure, and why in both languages. */
export type CrsGuess = Guess<string | null>

const GEOGRAPHIC = ['GEOGCS', 'GEOGCRS', 'GEODCRS', 'GEODETICCRS', 'BASEGEOGCRS', 'BASEGEODCRS']

const guess = (value: string | null, confidence: number, zh: string, en: string): CrsGuess => ({
  value,
  confidence,
  reason: bilingual(zh, en),
})

const question = (
  code: string,
  value: string | null,
  confidence: number,
  zh: string,
  en: string,
  others: Others = [],
): CrsGuess => doubtful(code, value, confidence, bilingual(zh, en), others)

const asOther = (info: CrsInfo, confidence: number): Others[number] => ({
  value: info.code,
  confidence,
  reason: bilingual(`参数与 ${titled(info)} 一致`, `the parameters are those of ${titled(info)}`),
})

const titled = (info: CrsInfo): string => `${info.code}, ${info.name}`

/** Compound systems carry heights: the horizontal part decides. */
const horizontal = (root: WktNode): WktNode => findNode(root, 'PROJCS', 'PROJCRS', ...GEOGRAPHIC) ?? root

function fromAuthority(node: WktNode, source: string, db: CrsDatabase): CrsGuess | null {
  const authority = authorityOf(node)
  if (authority?.name !== 'EPSG') return null
  const info = crsInfo(`EPSG:${authority.code}`, db)
  if (!info) return null
  if (!sameParameters(node, info)) {
    return question(
      'crs.definition-mismatch',
      info.code,
      0.3,
      `${source}写明 ${info.code}，但其参数与该代码的定义不符`,
      `${source} names ${info.code}, but its parameters differ from that code's definition`,
      matchParameters(node, db)
        .slice(0, 3)
        .map((other) => asOther(other, 0.4)),
    )
  }
  return guess(info.code, 0.98, `${source}写明 ${titled(info)}`, `${source} names ${titled(info)}`)
}

function fromName(node: WktNode, source: string, db: CrsDatabase): CrsGuess | null {
  const code = db.byName.get(nameKey(node.texts[0] ?? ''))
  const info = code === undefined ? undefined : crsInfo(`EPSG:${code}`, db)
  if (!info || !sameParameters(node, info)) return null
  return guess(
    info.code,
    0.95,
    `${source}中的名称“${node.texts[0]}”即 ${titled(info)}，参数一致`,
    `the name “${node.texts[0]}” in ${source} is ${titled(info)}; its parameters agree`,
  )
}

function fromParameters(node: WktNode, source: string, db: CrsDatabase): CrsGuess {
  const name = node.texts[0] ?? ''
  const matches = matchParameters(node, db)
  const [first] = matches
  const custom = first ? null : customFromWkt(node, db)
  if (custom) {
    return guess(
      custom.code,
      0.75,
      `${source}中的“${name}”没有 EPSG 代码，按其自身参数读取（基准 ${custom.base ?? ''}）`,
      `“${name}” in ${source} has no EPSG code and is read by its own parameters (datum of ${custom.base ?? ''})`,
    )
  }
  if (!first) {
    return question(
      'crs.unknown',
      null,
      0,
      `${source}中的“${name}”与任何已知的 EPSG 坐标系都不一致，请指定坐标系`,
      `“${name}” in ${source} matches no EPSG system known here: name the CRS`,
    )
  }
  if (matches.length === 1) {
    return guess(
      first.code,
      0.85,
      `${source}的投影参数和基准只与 ${titled(first)} 一致`,
      `the projection parameters and datum in ${source} fit only ${titled(first)}`,
    )
  }
  const isSameEverywhere = matches.every(({ base }) => base !== null && base === first.base)
  const list = matches
    .slice(0, 4)
    .map(({ code }) => code)
    .join(', ')
  if (isSameEverywhere) {
    return guess(
      first.code,
      0.8,
      `${source}的投影参数和基准与 ${titled(first)} 一致（${list} 定义相同）`,
      `the projection parameters and datum in ${source} fit ${titled(first)} (${list} are defined alike)`,
    )
  }
  return question(
    'crs.ambiguous',
    first.code,
    0.5,
    `${source}的投影参数与多个坐标系一致（${list}），请确认`,
    `the projection parameters in ${source} fit several systems (${list}): please confirm`,
    matches.slice(0, 4).map((other) => asOther(other, 0.3)),
  )
}

/** The CRS that a WKT text names, without a look at coordinates. `source` is what the reader is told it came from. */
export function recogniseWkt(text: string, source: string, db: CrsDatabase = crsDatabase()): CrsGuess {
  const root = parseWkt(text)
  if (!root) return question('crs.unknown', null, 0, `${source}不是有效的坐标系文本`, `${source} is not a readable CRS text`)
  if (root.keyword === 'LOCAL_CS' || root.keyword === 'ENGCRS') {
    return question(
      'crs.local-plane',
      null,
      0,
      `${source}为独立平面坐标系（${root.texts[0] ?? ''}）；若单位为米，可指定 LOCAL:metre`,
      `${source} is a local plane (${root.texts[0] ?? ''}); if it is in metres, name LOCAL:metre`,
      [{ value: LOCAL_METRES, confidence: 0.5, reason: bilingual('按独立平面坐标（米）读取', 'read as a plane in metres') }],
    )
  }
  const node = horizontal(root)
  return fromAuthority(node, source, db) ?? fromName(node, source, db) ?? fromParameters(node, source, db)
}

/** What a layer's files say of its CRS, checked against its coordinates. Texts are tried in order; null ones are absent. */
export function recogniseFromWkt(
  texts: readonly { source: string; text: string | null }[],
  extent: Extent | null,
  db: CrsDatabase = crsDatabase(),
): CrsGuess {
  const present = texts.flatMap(({ source, text }) =>
    text === null || text.trim() === '' ? [] : [recogniseWkt(text, source, db)],
  )
  if (present.length === 0) return guessFromCoordinates(extent, bilingual('没有 .prj 文件', 'there is no .prj file'), db)
  const best = present.reduce((a, b) => (b.confidence > a.confidence ? b : a))
  const other = present.find(({ value }) => value !== null && value !== best.value)
  if (other && best.value !== null) {
    return question(
      'crs.files-disagree',
      best.value,
      0.4,
      `坐标系文件互相矛盾：${best.reason.zh}；${other.reason.zh}`,
      `the CRS files disagree: ${best.reason.en}; ${other.reason.en}`,
      [best, other].map(({ value, reason }) => ({ value, confidence: 0.4, reason })),
    )
  }
  return checkAgainstExtent(best, extent, db)
}

/** The CRS of a GeoPackage layer from its row in `gpkg_spatial_ref_sys`. */
export function recogniseFromGeoPackage(
  srs: { id: number; organization: string; code: number; definition: string | null } | null,
  extent: Extent | null,
  db: CrsDatabase = crsDatabase(),
): CrsGuess {
  if (!srs || srs.id === -1 || srs.id === 0) {
    const undefinedSrs = bilingual('GeoPackage 中坐标系标为“未定义”', 'the GeoPackage says its CRS is undefined')
    return guessFromCoordinates(extent, undefinedSrs, db)
  }
  const code = `EPSG:${srs.code}`
  const info = srs.organization.toUpperCase() === 'EPSG' ? crsInfo(code, db) : undefined
  const definition =
    srs.definition && !/^undefined$/i.test(srs.definition.trim())
      ? recogniseWkt(srs.definition, 'gpkg_spatial_ref_sys', db)
      : null
  if (info) {
    if (definition?.value && definition.value !== code) {
      return question(
        'crs.definition-mismatch',
        code,
        0.4,
        `GeoPackage 写明 ${code}，但其定义文本为 ${definition.value}`,
        `the GeoPackage names ${code}, but its definition is that of ${definition.value}`,
        [code, definition.value].map((value) => ({
          value,
          confidence: 0.4,
          reason: bilingual(`按 ${value} 读取`, `read as ${value}`),
        })),
      )
    }
    return checkAgainstExtent(
      guess(code, 0.98, `GeoPackage 写明 ${titled(info)}`, `the GeoPackage names ${titled(info)}`),
      extent,
      db,
    )
  }
  return checkAgainstExtent(
    definition ??
      question(
        'crs.unknown',
        null,
        0,
        `GeoPackage 的坐标系 ${srs.organization}:${srs.code} 未知，请指定`,
        `the CRS ${srs.organization}:${srs.code} of the GeoPackage is not known: name it`,
      ),
    extent,
    db,
  )
}

/** Esri's own numbers come under its name, and from some writers under EPSG's. */
const NAMED =
  /^(?:urn:ogc:def:crs:(?:EPSG|ESRI):[\d.]*:|https?:\/\/www\.opengis\.net\/(?:def\/crs\/(?:EPSG|ESRI)\/[\d.]+\/|gml\/srs\/epsg\.xml#)|(?:EPSG|ESRI):)(\d{4,6})$/i
const CRS84 = /(?:OGC:(?:1\.3:|:)?|\/OGC\/1\.3\/)CRS84$/i

function namedCode(member: unknown): string | null {
  if (typeof member !== 'object' || member === null) return null
  const { type, properties } = member as { type?: unknown; properties?: { name?: unknown; code?: unknown } | null }
  if (type === 'EPSG' && /^\d{4,6}$/.test(String(properties?.code))) return `EPSG:${String(properties?.code)}`
  const name = typeof properties?.name === 'string' ? properties.name : ''
  if (CRS84.test(name)) return 'EPSG:4326'
  const code = NAMED.exec(name)?.[1]
  return code === undefined ? null : `EPSG:${code}`
}

/** The EPSG system that Esri counts under this number. */
function esriInfo(code: string, db: CrsDatabase): CrsInfo | undefined {
  const epsg = epsgOfEsri(code.slice('EPSG:'.length))
  return epsg === undefined ? undefined : crsInfo(`EPSG:${epsg}`, db)
}

/** The CRS of a GeoJSON text: its `crs` member of the 2008 version, or longitude/latitude as RFC 7946 says. */
export function recogniseFromGeoJson(member: unknown, extent: Extent | null, db: CrsDatabase = crsDatabase()): CrsGuess {
  if (member === undefined) {
    const rfc = guess(
      'EPSG:4326',
      0.95,
      '没有 crs 成员，按 RFC 7946 为 WGS 84 经纬度（EPSG:4326）',
      'no crs member: RFC 7946 says WGS 84 longitude and latitude (EPSG:4326)',
    )
    return checkAgainstExtent(rfc, extent, db)
  }
  if (member === null) return guessFromCoordinates(extent, bilingual('crs 成员为空', 'the crs member is null'), db)
  const code = namedCode(member)
  const info = code === null ? undefined : (crsInfo(code, db) ?? esriInfo(code, db))
  if (!info) {
    const shown = JSON.stringify(member).slice(0, 120)
    return question(
      'crs.unknown',
      null,
      0,
      `无法识别 crs 成员 ${shown}，请指定坐标系`,
      `the crs member ${shown} is not known: name the CRS`,
    )
  }
  return checkAgainstExtent(
    guess(info.code, 0.97, `crs 成员写明 ${titled(info)}`, `the crs member names ${titled(info)}`),
    extent,
    db,
  )
}
