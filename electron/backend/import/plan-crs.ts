import { crsInfo, crsWkt, type CrsInfo } from '#core/crs/crs.ts'
import { customNumber, isCustomCode } from '#core/crs/custom.ts'
import { AppError } from '#core/errors.ts'
import { ASK_BELOW } from '#core/model/inspection.ts'
import { LOCAL_METRES } from '#core/model/local-metres.ts'
import type { Manifest } from '#core/model/manifest.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import { toGeographic } from '../store/plan-to-frame.ts'
import { LOCAL_CRS, type GpkgCrs } from '../store/gpkg-schema.ts'
import type { ChosenLayer } from './open-sources.ts'

/** The system that a source layer is in, and why we think so. */
export interface LayerCrs {
  crs: string
  reason: Bilingual
}

/** How far outside its area of use a system may be taken, degrees: a city often reaches over the edge of a 3-degree zone. */
const MARGIN_DEG = 3

/** The system of a code. @throws AppError `import.crs-unknown`. */
export function knownCrs(crs: string): CrsInfo {
  const info = crsInfo(crs)
  if (!info) throw new AppError('import.crs-unknown', { crs })
  return info
}

/**
 * The system of one layer: what the manifest says of the layer; else what the source says, when that is sure enough; else
 * the plan's own system, where the manifest names it and the coordinates lie where it is used.
 * @throws AppError `import.crs-unknown` where a person must say.
 */
export function layerCrs(
  manifest: Manifest,
  { wanted, source }: Pick<ChosenLayer, 'wanted'> & { source: Pick<ChosenLayer['source'], 'crs' | 'extent' | 'layer'> },
): LayerCrs {
  if (wanted.crs)
    return {
      crs: knownCrs(wanted.crs).code,
      reason: bilingual('方案清单为该图层指定。', 'The manifest names it for this layer.'),
    }
  const { value, confidence, reason } = source.crs
  if (value !== null && confidence >= ASK_BELOW) return { crs: knownCrs(value).code, reason }
  if (manifest.crs && liesWhereUsed(manifest.crs, source.extent))
    return {
      crs: manifest.crs,
      reason: bilingual(
        `方案清单指定的坐标系（文件本身：${reason.zh}）`,
        `The plan's system, as the manifest says (the file itself: ${reason.en})`,
      ),
    }
  throw new AppError('import.crs-unknown', { file: wanted.path, layer: source.layer, reason })
}

function liesWhereUsed(crs: string, extent: readonly [number, number, number, number] | null): boolean {
  const { areaOfUse } = knownCrs(crs)
  if (crs === LOCAL_METRES || extent === null || areaOfUse === null) return true
  const [lon, lat] = toGeographic(crs)((extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2)
  const [west, south, east, north] = areaOfUse
  const crossesDateLine = west > east
  const inLongitude = crossesDateLine
    ? lon >= west - MARGIN_DEG || lon <= east + MARGIN_DEG
    : lon >= west - MARGIN_DEG && lon <= east + MARGIN_DEG
  return inLongitude && lat >= south - MARGIN_DEG && lat <= north + MARGIN_DEG
}

/** The plan's system: the manifest's; else that of planned land use; else that of the first polygon layer; else the first layer's. */
export function planCrs(manifest: Manifest, layers: readonly { chosen: ChosenLayer; crs: string }[]): string {
  if (manifest.crs) return knownCrs(manifest.crs).code
  const decisive =
    layers.find(({ chosen }) => chosen.wanted.role === 'landuse_plan') ??
    layers.find(({ chosen }) => chosen.kind === 'polygon') ??
    layers[0]
  if (!decisive) throw new Error('a plan has at least one layer')
  return decisive.crs
}

/** The plan's system as its GeoPackage lists it. */
export function gpkgCrs(crs: string): GpkgCrs {
  const info = knownCrs(crs)
  if (info.kind === 'local') return LOCAL_CRS
  if (isCustomCode(crs)) {
    const number = customNumber(crs)
    return { srsId: number, name: info.name, organization: 'GREENPRINT', code: number, wkt: crsWkt(crs) ?? 'undefined' }
  }
  const code = Number(crs.slice('EPSG:'.length))
  return { srsId: code, name: info.name, organization: 'EPSG', code, wkt: crsWkt(crs) ?? 'undefined' }
}
