import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/*
 * Greenprint draws no national outline: such a map may only be published as the state has approved it, and a review needs none.
 * So nothing that ships may hold one: no file of geodata, no long run of places on the ground of China, no library that brings one.
 */

const root = path.resolve(import.meta.dirname, '..')
const SHIPPED = ['resources', 'core', 'db', 'electron', 'renderer']
const GEODATA =
  /\.(geojson|topojson|json5?l|gpkg|shp|dbf|kml|kmz|gml|pmtiles|mbtiles|tiff?|pbf|mvt|fgb|wkt|wkb|svg|png|jpe?g|webp)$/i
/** Files that look like maps or pictures, each with what it is. */
const ALLOWED: Readonly<Record<string, string>> = { 'renderer/public/icon.svg': 'the program’s own icon: a leaf, no map' }
/** So many places in a row are more than a box, a polygon of an example or a list of cities in one province. */
const MOST_IN_A_ROW = 24

const files = execFileSync('git', ['ls-files', ...SHIPPED], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !/\.test\.tsx?$/.test(file))

/** Longitude and latitude on the ground of China or its seas. */
const isThere = (x: unknown, y: unknown) =>
  typeof x === 'number' &&
  typeof y === 'number' &&
  x >= 73 &&
  x <= 136 &&
  y >= 3 &&
  y <= 54 &&
  !(Number.isInteger(x) && Number.isInteger(y))

/** The most places in a row in any list of a value, as pairs or as one flat list. */
function longestRun(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let [most, pairs, flat] = [0, 0, 0]
  if (Array.isArray(value)) {
    for (const one of value as unknown[]) {
      pairs = Array.isArray(one) && one.length >= 2 && isThere(one[0], one[1]) ? pairs + 1 : 0
      most = Math.max(most, pairs)
    }
    for (let at = 0; at + 1 < value.length; at += 2) {
      flat = isThere(value[at], value[at + 1]) ? flat + 1 : 0
      most = Math.max(most, flat)
    }
  }
  return Math.max(most, ...Object.values(value).map(longestRun))
}

/** The same in the text of a program: numbers that follow each other with nothing but brackets and commas between. */
function longestRunInText(text: string): number {
  let most = 0
  for (const [run] of text.matchAll(/(?:-?\d+(?:\.\d+)?[\s,;[\]()]+){12,}/g))
    most = Math.max(most, longestRun((run.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)))
  return most
}

const runOf = (file: string): number => {
  const text = readFileSync(path.join(root, file), 'utf8')
  return file.endsWith('.json') ? longestRun(JSON.parse(text)) : longestRunInText(text)
}

describe('no national outline', () => {
  it('is in what ships: no file of geodata or picture that is not on the list, with its reason', () => {
    expect(files.filter((file) => GEODATA.test(file) && !(file in ALLOWED))).toEqual([])
    expect(Object.keys(ALLOWED).filter((file) => !files.includes(file))).toEqual([])
  })

  it('is hidden in a table or a program: no long run of places in China', () => {
    const texts = files.filter((file) => /\.(json|tsx?|css|html|svg)$/.test(file))
    expect(texts.length).toBeGreaterThan(500)
    const found = texts.map((file) => ({ file, run: runOf(file) })).filter(({ run }) => run > MOST_IN_A_ROW)
    expect(found).toEqual([])
  })

  it('comes with a library: none brings outlines, and no chart registers a map', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >
    const names = Object.keys({ ...dependencies, ...devDependencies })
    expect(names.filter((name) => /world-atlas|natural-?earth|china-|geodata|-atlas|country|datamaps/i.test(name))).toEqual([])
    const sources = files.filter((file) => /\.tsx?$/.test(file)).map((file) => readFileSync(path.join(root, file), 'utf8'))
    expect(sources.filter((text) => /echarts\/map|registerMap\(/.test(text))).toEqual([])
  })

  it('would be found: as GeoJSON, as flat numbers, and in a program', () => {
    const ring = Array.from({ length: 60 }, (_, at) => [104.5 + 20 * Math.cos(at / 9.6), 35.5 + 12 * Math.sin(at / 9.6)])
    const outline = { type: 'FeatureCollection', features: [{ geometry: { type: 'Polygon', coordinates: [ring] } }] }
    expect(longestRun(outline)).toBe(60)
    expect(longestRun({ xy: ring.flat() })).toBe(60)
    expect(longestRunInText(`const outline = ${JSON.stringify(ring)}\n`)).toBeGreaterThan(MOST_IN_A_ROW)
  })
})
