/** For tests: VCT texts of both generations, with areas by their own coordinates or by signed numbers of lines. */

export type Ring = readonly (readonly [number, number])[]

export interface VctSample {
  generation: 2 | 3
  /** Areas refer to lines (as plans are handed in), or carry their own coordinates. */
  areas: 'lines' | 'coordinates'
  /** Further lines of the header, or others in place of the usual ones. */
  head?: Readonly<Record<string, string>>
  polygons?: readonly { values: readonly string[]; rings: readonly Ring[] }[]
  lines?: readonly { values: readonly string[]; run: Ring }[]
  points?: readonly { values: readonly string[]; place: readonly [number, number] }[]
  labels?: readonly { text: string; place: readonly [number, number] }[]
  /** The number of the object stands before its attributes (generation 3), or is the first of them. */
  numberBefore?: boolean
}

const FIELDS = ['BSM,Int,10', 'YDYHFLDM,Char,10', 'YDYHFLMC,Char,50', 'MJ,Float,15,2']

const headOf = ({ generation, areas, head = {} }: VctSample): string[] => {
  const usual: Record<string, string> =
    generation === 3
      ? {
          DataMark: 'LANDUSE-VCT',
          Version: '3.0',
          CoordinateSystemType: 'P',
          Dim: '2',
          XAxisDirection: 'E',
          YAxisDirection: 'N',
          XYUnit: 'M',
          Spheroid: 'CGCS2000,6378137.0,298.257222101',
          Projection: '高斯-克吕格投影',
          Parameters: '114,1,38500000,0,3,38',
          Separator: ',',
        }
      : {
          DataMark: 'LANDUSE-VCT',
          Version: '2.0',
          Unit: 'M',
          Dim: '2',
          Topo: areas === 'lines' ? '1' : '0',
          Coordinate: 'M',
          Projection: '高斯-克吕格投影',
          Spheroid: '2000国家大地坐标系',
          Meridian: '114',
          Separator: ',',
        }
  return Object.entries({ ...usual, ...head }).map(([key, value]) => `${key}:${value}`)
}

class Writer {
  readonly rows: string[] = []
  readonly #sample: VctSample
  #next = 1
  readonly arcs: string[] = []
  readonly tables = new Map<string, string[]>()

  constructor(sample: VctSample) {
    this.#sample = sample
  }

  #number(): number {
    return this.#next++
  }

  #begin(code: string, type: string[]): { id: number; rows: string[] } {
    const id = this.#number()
    return { id, rows: [String(id), code, 'Unknown', ...type] }
  }

  get #end(): string[] {
    return this.#sample.generation === 3 ? ['0', ''] : []
  }

  #run(run: Ring): string[] {
    return [String(run.length), ...run.map(([x, y]) => `${x},${y}`)]
  }

  line(code: string, run: Ring): { id: number; rows: string[] } {
    const isNew = this.#sample.generation === 3
    const { id, rows } = this.#begin(code, isNew ? ['1', '1', '11'] : ['1'])
    return { id, rows: [...rows, ...this.#run(run), ...this.#end] }
  }

  /** Every ring as two lines, of which the second runs backwards. */
  #arcsOf(rings: readonly Ring[]): string[] {
    const ids: string[] = []
    for (const [index, ring] of rings.entries()) {
      const half = Math.floor(ring.length / 2)
      const first = this.line('1099000000', ring.slice(0, half + 1))
      const second = this.line('1099000000', ring.slice(half).toReversed())
      this.arcs.push(...first.rows, ...second.rows)
      if (index > 0) ids.push('0')
      ids.push(String(first.id), `-${second.id}`)
    }
    return ids
  }

  polygon(rings: readonly Ring[]): { id: number; rows: string[] } {
    const { generation, areas } = this.#sample
    const label = rings[0]?.[0]?.join(',') ?? '0,0'
    if (areas === 'lines') {
      const ids = this.#arcsOf(rings)
      const { id, rows } = this.#begin('2090020620', generation === 3 ? ['100', label, '21'] : [label])
      const lines = Array.from({ length: Math.ceil(ids.length / 8) }, (_, at) => ids.slice(at * 8, at * 8 + 8).join(','))
      return { id, rows: [...rows, String(ids.length), ...lines, ...this.#end] }
    }
    const { id, rows } = this.#begin('2090020620', generation === 3 ? ['1', label, String(rings.length)] : [label])
    const written = rings.flatMap((ring) => [...(generation === 3 ? ['11'] : []), ...this.#run(ring)])
    return { id, rows: [...rows, ...written, ...(generation === 3 ? this.#end : ['0'])] }
  }

  point(place: readonly [number, number]): { id: number; rows: string[] } {
    const { id, rows } = this.#begin('1000110000', this.#sample.generation === 3 ? ['1', '1'] : ['1'])
    return { id, rows: [...rows, place.join(','), ...this.#end] }
  }

  label(text: string, place: readonly [number, number]): string[] {
    const isNew = this.#sample.generation === 3
    const { rows } = this.#begin('2001010200', isNew ? ['1', text] : ['宋体', '0', '1,0,F', '20', '0', text, '1'])
    return [...rows, `${place.join(',')},0`, ...this.#end]
  }

  attributes(table: string, id: number, values: readonly string[]): void {
    const rows = this.tables.get(table) ?? []
    rows.push([...(this.#sample.numberBefore === false ? [] : [id]), id, ...values].join(','))
    this.tables.set(table, rows)
  }
}

const section = (name: string, rows: readonly string[]): string[] => [`${name}Begin`, ...rows, `${name}End`, '']

/** A whole file, as text. */
export function vctText(sample: VctSample): string {
  const writer = new Writer(sample)
  const isNew = sample.generation === 3
  const colours = isNew ? '' : '0,0,0,'
  const polygons = (sample.polygons ?? []).flatMap(({ values, rings }) => {
    const { id, rows } = writer.polygon(rings)
    writer.attributes('ZXCQGHYDYH', id, values)
    return rows
  })
  const lines = (sample.lines ?? []).flatMap(({ values, run }) => {
    const { id, rows } = writer.line('1000600000', run)
    writer.attributes('STLD', id, values)
    return rows
  })
  const points = (sample.points ?? []).flatMap(({ values, place }) => {
    const { id, rows } = writer.point(place)
    writer.attributes('CLKZD', id, values)
    return rows
  })
  const labels = (sample.labels ?? []).flatMap(({ text, place }) => writer.label(text, place))
  const tables = ['ZXCQGHYDYH', 'STLD', 'CLKZD'].flatMap((name) => [
    `${name},${FIELDS.length}`,
    ...FIELDS,
    ...(isNew ? ['0', ''] : []),
  ])
  const attributes = [...writer.tables].flatMap(([name, rows]) => [name, ...rows, 'TableEnd', ''])
  return [
    ...section('Head', headOf(sample)),
    ...section('FeatureCode', [
      `2090020620,规划用地用海,Polygon,${colours}ZXCQGHYDYH`,
      `1000600000,生态廊道,Line,${colours}STLD`,
      `1000110000,测量控制点,Point,${colours}CLKZD`,
      `2001010200,注记,Annotation,${colours}ZJ`,
    ]),
    ...section('TableStructure', tables),
    ...section('Point', points),
    ...section('Line', [...writer.arcs, ...lines]),
    ...section('Polygon', polygons),
    ...section('Annotation', labels),
    ...section('Attribute', attributes),
  ].join('\r\n')
}
