import { OVERLAY_FORMATS, type OverlayInfo, type OverlayView } from '#core/contract/overlay-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { roleInfo } from '#core/model/roles.ts'
import { inLang } from '#core/text.ts'
import { done, misuse, text, type Command, type Surroundings, type Values } from './command.ts'
import { formatOfFile, withPlan } from './plan-argument.ts'
import type { Session } from './session.ts'

/** The overlays that `--only` names, in the order of the list. @throws AppError `cli.usage` */
function chosen(listed: readonly OverlayInfo[], values: Values): OverlayInfo[] {
  const only = text(values, 'only')
    ?.split(',')
    .map((id) => id.trim())
  const unknown = only?.find((id) => !listed.some((overlay) => overlay.id === id))
  if (unknown !== undefined) {
    const known = listed.map(({ id }) => id).join(', ')
    throw misuse(`没有专题图“${unknown}”。可选：${known}。`, `There is no overlay “${unknown}”. Known: ${known}.`)
  }
  return listed.filter(({ id }) => only === undefined || only.includes(id))
}

/** What the command prints of one overlay: figures and lists whole, shapes only counted. */
function summary({ id, lacks }: OverlayInfo, view: OverlayView | null) {
  if (view === null) return { id, kind: 'lacking', lacks }
  const { outcome, method, parameters, notes } = view
  if (outcome.kind === 'missing') return { id, method, parameters, notes, ...outcome }
  const parts = outcome.parts.map(({ id: part, title, shape, shapes, labels, list }) => ({
    id: part,
    title,
    geometry: shape.kind,
    shapes,
    list: list && { ...list, rows: list.rows.map((row, at) => ({ number: labels[at] ?? null, ...row })) },
  }))
  return { id, kind: 'drawn', method, parameters, notes, figures: outcome.figures, parts }
}

function tell(overlay: OverlayInfo, view: OverlayView | null, around: Surroundings): void {
  const { title, lacks } = overlay
  if (view === null || view.outcome.kind === 'missing') {
    const wanted = (lang: 'zh' | 'en', or: string) =>
      lacks.map((group) => group.map((role) => inLang(roleInfo(role).title, lang)).join(or)).join(lang === 'zh' ? '；' : '; ')
    const why = view?.outcome.kind === 'missing' ? view.outcome.why : null
    around.say({
      zh: `${title.zh}：${why?.zh ?? `缺少${wanted('zh', '或')}`}`,
      en: `${title.en}: ${why?.en ?? `needs ${wanted('en', ' or ')}`}`,
    })
    return
  }
  const rows = view.outcome.parts.reduce((sum, { list }) => sum + (list?.rows.length ?? 0), 0)
  const shapes = view.outcome.parts.reduce((sum, part) => sum + part.shapes, 0)
  around.say({ zh: `${title.zh}：${shapes} 个图形，${rows} 行清单`, en: `${title.en}: ${shapes} shapes, ${rows} rows listed` })
}

async function answer(session: Session, planId: PlanId, values: Values, around: Surroundings) {
  const overlays = chosen(await session.call('overlays.list', { planId }), values)
  const available = overlays.filter(({ lacks }) => lacks.length === 0)
  const out = text(values, 'out')
  if (out !== undefined) {
    const format = formatOfFile(out, OVERLAY_FORMATS)
    const asked = available.map(({ id }) => id)
    if (asked.length === 0)
      throw misuse('所选专题图缺少所需图层，无法绘制。', 'None of the chosen overlays has the layers that it needs.')
    const input = { planId, overlays: asked, format, lang: around.lang, target: session.save(out) }
    const { sizeBytes, sha256 } = await session.call('overlays.export', input)
    around.say({ zh: `已写入 ${out}`, en: `Wrote ${out}` })
    return done({ planId, overlays: asked, format, path: out, sizeBytes, sha256 })
  }
  const found = []
  for (const overlay of overlays) {
    const view = overlay.lacks.length > 0 ? null : await session.call('overlays.compute', { planId, overlay: overlay.id })
    tell(overlay, view, around)
    found.push(summary(overlay, view))
  }
  return done({ planId, overlays: found })
}

/** Analysis overlays of a stored plan, or of a manifest without keeping anything: figures and lists as JSON, or shapes as a file. */
export const overlays: Command = {
  name: 'overlays',
  usage: '<manifest.json> | --catalogue DIR [--plan ID] [--only gaps,unserved] [--out FILE.gpkg|.geojson|.csv] [--json]',
  does: {
    zh: '绘制专题图（网络、断点、夹点、服务区、服务不到的人口、机遇地区……）：列出指标与清单，或导出为 GeoPackage、GeoJSON、CSV',
    en: 'draws analysis overlays (network, gaps, pinch points, service areas, unserved people, opportunity areas …): lists figures and rows, or writes GeoPackage, GeoJSON or CSV',
  },
  options: {
    catalogue: { type: 'string' },
    plan: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', short: 'o' },
    // What is printed is JSON anyway; the word is understood because people write it.
    json: { type: 'boolean' },
  },
  positionals: [0, 1],
  run([manifestFile], values, around) {
    const out = text(values, 'out')
    if (out !== undefined) formatOfFile(out, OVERLAY_FORMATS)
    return withPlan(manifestFile, values, around, (session, planId) => answer(session, planId, values, around))
  },
}
