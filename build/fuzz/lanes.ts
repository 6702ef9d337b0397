import { formats } from '#backend/formats/index.ts'
import { rasterFormats } from '#backend/formats/raster/raster-formats.ts'
import { PAPER_LANES } from './paper-judge.ts'
import { paperSeeds } from './paper-seeds.ts'
import { PICTURE_LANES } from './picture-judge.ts'
import { pictureSeeds } from './picture-seeds.ts'
import { seedsOf, type Seed } from './seeds.ts'

const readers = [...rasterFormats, ...formats]

/** Everything that is fuzzed: each reader by the id of its format, each kind of picture under a plan, each paper that offices send. */
export const LANES: readonly string[] = [...readers.map(({ id }) => id), ...PICTURE_LANES, ...PAPER_LANES]

/** Seeds of every lane: our own small ones, and files of public test suites where they are at hand. */
export async function laneSeeds(): Promise<Map<string, Seed[]>> {
  const ofFormats = seedsOf(readers)
  const ofPictures = await pictureSeeds(ofFormats.get('geotiff') ?? [])
  return new Map([...ofFormats, ...Object.entries(ofPictures), ...Object.entries(paperSeeds())])
}
