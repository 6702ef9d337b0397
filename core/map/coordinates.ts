import proj4 from 'proj4'
import { fromFrame, toFrame, type Frame, type PointMap } from '../geo/frame.ts'
import type { Bilingual } from '../text.ts'

/** A system that places of a plan can be told in. */
export interface MapSystem {
  id: string
  label: Bilingual
  /** Degrees with decimals, degrees with minutes and seconds, or metres. */
  kind: 'degrees' | 'dms' | 'metres'
  /** Definitions for the projection engine, from degrees of the plan's datum; null where those are told as they are. */
  definitions: { from: string; to: string } | null
}

/** The ways between the frame of a plan and a system: east before north, longitude before latitude. */
export interface SystemMaps {
  toSystem: PointMap
  toFrame: PointMap
}

/** Both ways between a plan's frame and a system. A plan without a place on Earth only has its own plane. */
export function systemMaps(frame: Frame, { definitions }: Pick<MapSystem, 'definitions'>): SystemMaps {
  const [out, back] = [fromFrame(frame), toFrame(frame)]
  if (definitions === null) return { toSystem: out, toFrame: back }
  const converter = proj4(definitions.from, definitions.to)
  return {
    toSystem: (x, y) => {
      const [east = NaN, north = NaN] = converter.forward([...out(x, y)])
      return [east, north]
    },
    toFrame: (east, north) => {
      const [lon = NaN, lat = NaN] = converter.inverse([east, north])
      return back(lon, lat)
    },
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Degrees, minutes and seconds: 118°07′24.41″; the sign is left to the caller's letter. `decimals` of a second. */
export function dms(degrees: number, decimals = 2): string {
  const unit = 10 ** decimals
  const all = Math.round(Math.abs(degrees) * 3600 * unit)
  const seconds = all % (60 * unit)
  const minutes = Math.floor(all / (60 * unit)) % 60
  const text = (seconds / unit).toFixed(decimals).padStart(decimals === 0 ? 2 : decimals + 3, '0')
  return `${Math.floor(all / (3600 * unit))}°${two(minutes)}′${text}″`
}

/** One coordinate in words: 118.12345°E, 118°07′24.41″E or 512345.67. */
export function coordinateWords(value: number, axis: 'east' | 'north', kind: MapSystem['kind'], decimals?: number): string {
  if (!Number.isFinite(value)) return '—'
  if (kind === 'metres') return value.toFixed(decimals ?? 2)
  const letter = axis === 'east' ? (value < 0 ? 'W' : 'E') : value < 0 ? 'S' : 'N'
  return `${kind === 'dms' ? dms(value, decimals ?? 2) : `${Math.abs(value).toFixed(decimals ?? 6)}°`}${letter}`
}
