/** What files that are dropped on the window can become. */
export type DropKind = 'plan' | 'sheet' | 'basemap' | 'package' | 'memo' | 'reply'

/** Files that only go with others: the world files and systems of pictures, the parts of a shapefile. */
const BESIDE = new Set('prj tfw tifw pgw pngw jgw jpgw jpegw wld dbf shx cpg sbn sbx qpj qix fix xml aux ovr'.split(' '))

/** THE LIST of endings that mean something else than a plan's data, or more than it. */
const MEANINGS: Readonly<Record<string, readonly DropKind[]>> = {
  greenprint: ['package'],
  'greenprint-reply': ['reply'],
  mbtiles: ['basemap'],
  pmtiles: ['basemap'],
  pdf: ['memo', 'sheet'],
  html: ['memo', 'reply'],
  htm: ['reply'],
  xlsx: ['plan', 'reply'],
  png: ['sheet'],
  jpg: ['sheet'],
  jpeg: ['sheet'],
  tif: ['plan', 'basemap', 'sheet'],
  tiff: ['plan', 'basemap', 'sheet'],
  json: ['plan', 'memo'],
  zip: ['plan', 'memo'],
}

const endingOf = (name: string) => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? null

/**
 * What dropped files can become, the likeliest first; empty when nothing is known of them. `planEndings`: of the formats that can be
 * imported ("shp"). A name without an ending is a folder, which is imported. Sheets are laid on the plan that is open.
 */
export function dropKinds(names: readonly string[], planEndings: ReadonlySet<string>, hasPlan: boolean): DropKind[] {
  const endings = names.map(endingOf)
  const main = endings.filter((ending) => ending === null || !BESIDE.has(ending))
  const each = (main.length > 0 ? main : endings).map((ending) => meaningsOf(ending, planEndings))
  const [first = []] = each
  const shared = first.filter((kind) => each.every((kinds) => kinds.includes(kind)))
  // A folder of a plan holds texts and pictures beside its layers.
  const wished = shared.length > 0 ? shared : each.some((kinds) => kinds.includes('plan')) ? (['plan'] as const) : []
  const possible = wished.filter((kind) => kind !== 'sheet' || hasPlan)
  return possible.length > 0 ? possible : [...wished]
}

function meaningsOf(ending: string | null, planEndings: ReadonlySet<string>): readonly DropKind[] {
  if (ending === null) return ['plan']
  return MEANINGS[ending] ?? (planEndings.has(ending) || BESIDE.has(ending) ? ['plan'] : [])
}

/** Before files are let go a browser tells only their types: what they may become, most of all when it does not even know those. */
export function kindsOfTypes(types: readonly string[]): DropKind[] {
  const all: DropKind[] = ['plan', 'sheet', 'basemap', 'package', 'memo', 'reply']
  const ofType = (type: string): readonly DropKind[] =>
    type === 'application/pdf'
      ? ['memo', 'sheet']
      : type === 'image/png' || type === 'image/jpeg'
        ? ['sheet']
        : type === 'image/tiff'
          ? ['plan', 'basemap', 'sheet']
          : type.includes('zip') || type.includes('json')
            ? ['plan', 'memo']
            : type === 'text/html'
              ? ['memo', 'reply']
              : type.includes('spreadsheetml')
                ? ['plan', 'reply']
                : ['plan', 'basemap', 'package', 'reply']
  return all.filter((kind) => types.some((type) => ofType(type).includes(kind)))
}
