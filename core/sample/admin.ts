import { field, polygons, type SampleFeature, type SampleLayer } from './layer.ts'
import type { Lattice } from './lattice.ts'
import { outline } from './outline.ts'
import { CLUSTERS, DISTRICTS, unitCode, type Places } from './places.ts'
import type { Target, Targets } from './targets.ts'
import { placeOf, RADII } from './zones.ts'

/** Code of a district by its place in the list. */
export const districtCode = (district: number): string => `45090${district + 2}`

/** Municipality, central city, districts and clusters with caps and quotas, and plan units inside the central city. */
export function adminUnits(lattice: Lattice, places: Places, targets: Targets): SampleLayer {
  const n = lattice.blocks
  const quotas = (target: Partial<Target> = {}) => [
    target.intensityCap ?? null,
    target.farmlandHa ?? null,
    target.pbfHa ?? null,
    target.redlineHa ?? null,
    target.constructionHa ?? null,
  ]
  const features = [
    ...polygons(
      outline(lattice, () => true),
      ['450900', '青岚市', 'municipal', null, ...quotas(targets.city)],
    ),
    ...polygons(
      outline(lattice, (bi, bj) => placeOf(lattice, bi, bj).radius <= RADII.ringInner),
      ['450901', '中心城区', 'central_city', '450900', ...quotas()],
    ),
    ...DISTRICTS.map((name, at): SampleFeature => ({
      parts: outline(lattice, (bi, bj) => places.district[bj * n + bi] === at),
      values: [districtCode(at), name, 'district', '450900', ...quotas(targets.districts[at])],
    })),
    ...CLUSTERS.map((name, at): SampleFeature => ({
      parts: outline(lattice, (bi, bj) => places.cluster[bj * n + bi] === at),
      values: [`ZT${at + 1}`, name, 'cluster', '450901', ...quotas(targets.clusters[at])],
    })),
    ...planUnits(lattice, places),
  ]
  return {
    role: 'admin',
    table: 'XZQ',
    kind: 'polygon',
    fields: [
      field('XZQDM'),
      field('XZQMC'),
      field('CJ'),
      field('SJDM'),
      field('KFQDSX', 'number'),
      field('GDBYL', 'number'),
      field('YJJBNTZB', 'number'),
      field('STBHHXZB', 'number'),
      field('JSYDZB', 'number'),
    ],
    mapping: {
      code: 'XZQDM',
      name: 'XZQMC',
      level: 'CJ',
      parent: 'SJDM',
      intensityCap: 'KFQDSX',
      farmlandHa: 'GDBYL',
      pbfHa: 'YJJBNTZB',
      eclRedlineHa: 'STBHHXZB',
      constructionHa: 'JSYDZB',
    },
    features: features.filter(({ parts }) => parts.length > 0),
  }
}

function planUnits(lattice: Lattice, places: Places): SampleFeature[] {
  const { blocks } = lattice
  const { unit, unitBlocks, unitsPerSide } = places
  return Array.from({ length: unitsPerSide ** 2 }, (_, own): SampleFeature => {
    const [ci, cj] = [(own % unitsPerSide) * unitBlocks, Math.floor(own / unitsPerSide) * unitBlocks]
    const mine = (bi: number, bj: number) =>
      bi >= ci && bi < ci + unitBlocks && bj >= cj && bj < cj + unitBlocks && unit[bj * blocks + bi] === own
    const code = unitCode(places, own)
    return {
      parts: outline(lattice, mine),
      values: [code, `单元${code.slice(2)}`, 'unit', '450901', null, null, null, null, null],
    }
  })
}
