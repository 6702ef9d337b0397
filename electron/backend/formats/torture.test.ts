import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readAll } from './fixture-writers.ts'
import { differencesFile, readDifferences, type Difference } from './torture/differences.ts'
import { agrees, filesOf, gdalOpinions, inShort, outcomeInShort, outcomeOf, type Outcome } from './torture/walk.ts'

/**
 * Every file of public test suites, vector and raster, through the real inspection and the real readers. What each comes to is
 * stated in `torture/outcomes.tsv`; where that is not what GDAL 3.6.2 makes of it, `torture/differences.json` says why.
 *
 * A new reader changes rows: `GREENPRINT_WRITE_OUTCOMES=1 npm run unit -- torture` writes both files anew (a new difference gets
 * the reason "?", which no reason has), then `npm run docs`.
 */
const folder = path.join(process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'), 'torture')
const isThere = existsSync(path.join(folder, 'GDAL_OPINION.tsv'))
if (!isThere) process.stderr.write(`skipped: no test data at ${folder} (set GREENPRINT_DATA)\n`)

const statedFile = path.join(import.meta.dirname, 'torture/outcomes.tsv')
const isWriting = process.env.GREENPRINT_WRITE_OUTCOMES === '1'

/** Files of no format and parts of sets are the rest: they are not stated one by one. */
const isStated = (outcome: Outcome): boolean =>
  outcome.kind === 'read' || (outcome.kind === 'refused' && outcome.code !== 'import.unknown-format')

const stated = (outcome: Outcome): string =>
  outcome.kind === 'read'
    ? `${outcome.format}\t${JSON.stringify(outcome.counts)}`
    : `-\t${outcome.kind === 'refused' ? outcome.code : ''}`

describe.skipIf(!isThere)('files of public test suites', () => {
  const outcomes = new Map<string, Outcome>()
  const found: Difference[] = []

  beforeAll(async () => {
    for (const file of filesOf(folder)) outcomes.set(file, await outcomeOf(folder, file))
    const known = new Map(readDifferences().files.map((row) => [row.file, row.reason]))
    for (const [file, gdal] of gdalOpinions(folder)) {
      const outcome = outcomes.get(file)
      if (outcome && !agrees(gdal, outcome))
        found.push({ file, gdal: inShort(gdal), ours: outcomeInShort(outcome), reason: known.get(file) ?? '?' })
    }
    if (!isWriting) return
    const rows = [...outcomes].filter(([, outcome]) => isStated(outcome)).map(([file, outcome]) => `${file}\t${stated(outcome)}`)
    writeFileSync(statedFile, `${rows.join('\n')}\n`)
    const differences = { ...readDifferences(), files: found.toSorted((a, b) => (a.file < b.file ? -1 : 1)) }
    writeFileSync(differencesFile, `${JSON.stringify(differences, null, 2)}\n`)
  }, 300_000)

  it('all end in data or in a typed refusal, and each in the one that is stated', () => {
    const rows = [...outcomes].filter(([, outcome]) => isStated(outcome)).map(([file, outcome]) => `${file}\t${stated(outcome)}`)
    expect(outcomes.size).toBeGreaterThan(1500)
    expect(rows.join('\n')).toBe(readFileSync(statedFile, 'utf8').trimEnd())
  })

  it('agree with GDAL, or differ for a reason that is written down', () => {
    const { reasons, files } = readDifferences()
    const byFile = (rows: readonly Difference[]) => Object.fromEntries(rows.map((row) => [row.file, row]))
    expect(byFile(found)).toEqual(byFile(files))
    expect(files.filter(({ reason }) => !Object.hasOwn(reasons, reason))).toEqual([])
    expect(Object.keys(reasons).filter((reason) => !files.some((row) => row.reason === reason))).toEqual([])
  })

  it('in Chinese encodings read alike, whatever says so', async () => {
    const expected = JSON.parse(readFileSync(path.join(folder, 'derived-gbk/EXPECTED.json'), 'utf8')) as {
      all: { features: number; first_row: unknown[] }
    }
    const sets = globSync('derived-gbk/**/*.{shp,zip}', { cwd: folder })
    expect(sets.length).toBeGreaterThan(6)
    for (const file of sets) {
      const [read] = await readAll(path.join(folder, file))
      const { features = [], layer } = read ?? {}
      expect({ file, count: features.length, first: features[0]?.values }).toEqual({
        file,
        count: expected.all.features,
        first: expected.all.first_row,
      })
      expect(layer?.encoding.confidence).toBeGreaterThanOrEqual(0.8)
    }
  })
})
