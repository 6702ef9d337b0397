import esri from '../../resources/crs/esri-codes.json' with { type: 'json' }

let byCode: ReadonlyMap<string, string> | undefined

/** The EPSG number of a system that Esri counts under a number of its own (102100 → 3857); undefined for other numbers. */
export function epsgOfEsri(code: string): string | undefined {
  byCode ??= new Map(esri.codes.map((line) => line.split('\t') as [string, string]))
  return byCode.get(code)
}
