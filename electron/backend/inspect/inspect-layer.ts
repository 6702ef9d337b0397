import { guessFromCoordinates } from '#core/crs/coordinates.ts'
import { guessFields } from '#core/intake/guess-fields.ts'
import { guessProblems } from '#core/intake/guess-fixes.ts'
import { guessRole } from '#core/intake/guess-role.ts'
import { oldDatumNotes } from '#core/intake/old-datum.ts'
import { offerFixes } from '#core/intake/offer-fixes.ts'
import type { Geos } from '#core/geo/geos.ts'
import { AppError } from '#core/errors.ts'
import type { Guess, InspectedLayer, LayerChoice } from '#core/model/inspection.ts'
import type { ManifestLayer } from '#core/model/manifest.ts'
import type { Role } from '#core/model/roles.ts'
import { bilingual } from '#core/text.ts'
import { swapAxes } from '../import/swap-axes.ts'
import { whereFilter } from '../import/where-filter.ts'
import type { SourceLayer, SourceValue } from '../formats/format.ts'
import { previewAreas } from './area-preview.ts'
import { previewClasses } from './class-preview.ts'
import { previewGeometry } from './geometry-preview.ts'
import { layerShape } from './layer-shape.ts'

const CHOSEN = bilingual('由您选定', 'chosen by you')

const chosen = <T>(value: T): Guess<T> => ({ value, confidence: 1, reason: CHOSEN })

/** Everything the dialog shows of one layer: as found, or as it would be read with a person's choices. */
export function inspectLayer(
  source: SourceLayer,
  file: string,
  format: string,
  geos: Geos,
  choice?: LayerChoice,
): InspectedLayer {
  const layer = choice?.swapAxes === true ? swapAxes(source) : source
  const role = choice?.role ? chosen<Role | null>(choice.role) : guessRole(layer.layer, file, layer.kind, layer.fields)
  const fields = fieldsOf(layer, role.value, choice)
  const crs = crsOf(layer, choice)
  const keeps = keptBy(layer, file, role.value, choice)
  const isLandUse = role.value === 'landuse_plan' || role.value === 'landuse_base'
  const preview = isLandUse ? safePreview(layer, fields.value, keeps, choice?.classes ?? {}) : NO_PREVIEW
  const seen = {
    path: file,
    layer: layer.layer,
    format: layer.format ?? format,
    kind: layer.kind,
    geometryTypes: layer.geometryTypes,
    features: layer.count,
    extent: layer.extent,
    crs,
    encoding: layer.encoding,
    role,
    fields,
    sourceFields: layer.fields,
    classes: preview.classes,
    problems: [
      ...layer.notes,
      ...(crs.value === null ? [] : oldDatumNotes(crs.value)),
      ...preview.notes,
      ...previewAreas(layer, crs, keeps),
      ...previewGeometry({ layer, role: role.value, crs, keeps }, geos),
    ],
  }
  const doubts = guessProblems(seen)
  const { problems, fixes } = offerFixes(seen, {
    problems: [...seen.problems, ...doubts.problems],
    fixes: [...(layer.fixes ?? []), ...doubts.fixes],
  })
  return { ...seen, problems, fixes, shape: layerShape(layer, crs.value, keeps) }
}

const NO_PREVIEW: ReturnType<typeof previewClasses> = { classes: [], notes: [] }

function fieldsOf(layer: SourceLayer, role: Role | null, choice: LayerChoice | undefined): Guess<Record<string, string>> {
  const guess = guessFields(role ?? 'other', layer.fields)
  return choice?.fields ? chosen({ ...guess.value, ...choice.fields }) : guess
}

/** Exchanged axes make what the coordinates said before worthless: they are asked again. */
function crsOf(layer: SourceLayer, choice: LayerChoice | undefined): Guess<string | null> {
  if (choice?.crs) return chosen<string | null>(choice.crs)
  if (choice?.swapAxes !== true || layer.crs.value !== null) return layer.crs
  return guessFromCoordinates(layer.extent, bilingual('交换 x 与 y 后', 'with x and y exchanged'))
}

type Keeps = (values: readonly SourceValue[]) => boolean

function keptBy(layer: SourceLayer, path: string, role: Role | null, choice: LayerChoice | undefined): Keeps {
  if (!choice?.where) return () => true
  const line: ManifestLayer = { role: role ?? 'other', path, where: choice.where }
  return whereFilter(line, layer)
}

/** A layer with a row that cannot be read already carries that problem as a note. */
function safePreview(
  layer: SourceLayer,
  fields: Readonly<Record<string, string>>,
  keeps: Keeps,
  mapping: Readonly<Record<string, string>>,
): ReturnType<typeof previewClasses> {
  try {
    return previewClasses(layer, fields['class'], keeps, mapping, fields['name'])
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return NO_PREVIEW
  }
}
