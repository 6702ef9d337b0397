import places from '../../resources/intake/places.json' with { type: 'json' }
import type { Extent } from '../crs/place.ts'
import { bilingual, type Bilingual } from '../text.ts'
import type { SourceField } from '../model/inspection.ts'

/** Where a submission says that it is: a box in degrees, wide enough for the city's surroundings. */
export interface StatedPlace {
  title: Bilingual
  /** What says so. */
  source: Bilingual
  box: Extent
}

/** Cities are points in the table; their districts reach about this far, degrees. */
const CITY_REACH_DEG = 1.2
/** A pinyin name shorter than this is too likely part of another word. */
const SHORTEST_LATIN = 5

interface Known {
  zh: string
  latin: string
  box: Extent
}

const cities: Known[] = places.cities.map(({ zh, latin, lon, lat }) => ({
  zh,
  latin: latin.toLowerCase(),
  box: [lon - CITY_REACH_DEG, lat - CITY_REACH_DEG, lon + CITY_REACH_DEG, lat + CITY_REACH_DEG],
}))
const provinces: (Known & { code: string })[] = places.provinces.map(({ code, zh, latin, box }) => {
  const [west = -180, south = -90, east = 180, north = 90] = box
  return { code, zh, latin: latin.toLowerCase(), box: [west, south, east, north] }
})

const named = ({ zh, latin }: Known, text: string, words: ReadonlySet<string>): boolean =>
  text.includes(zh) || (latin.length >= SHORTEST_LATIN && words.has(latin))

/** A city named in a text (a plan's name, a path), else a province; undefined when none is named or several are. */
export function placeInText(text: string, source: Bilingual): StatedPlace | undefined {
  const words = new Set(text.toLowerCase().split(/[^a-z]+/))
  for (const list of [cities, provinces]) {
    const found = list.filter((place) => named(place, text, words))
    const [first] = found
    if (first && found.length === 1) return { title: bilingual(first.zh, capital(first.latin)), source, box: first.box }
    if (first) return undefined
  }
  return undefined
}

const capital = (latin: string): string => latin.charAt(0).toUpperCase() + latin.slice(1)

const DISTRICT_FIELD = /^(XZQDM|XJXZQDM|SJXZQDM|ADCODE|XZDM)$/i

/** The province that the district codes of a layer name (GB/T 2260), when all samples name the same one. */
export function placeInFields(fields: readonly SourceField[]): StatedPlace | undefined {
  const field = fields.find(({ name, samples }) => DISTRICT_FIELD.test(name) && samples.length > 0)
  const codes = new Set(field?.samples.map((sample) => (/^\d{6,}$/.test(sample.trim()) ? sample.trim().slice(0, 2) : '')) ?? [])
  const [code, second] = codes
  const province = second === undefined ? provinces.find((known) => known.code === code) : undefined
  if (!field || !province) return undefined
  return {
    title: bilingual(province.zh, capital(province.latin)),
    source: bilingual(`字段 ${field.name}`, `the field ${field.name}`),
    box: province.box,
  }
}
