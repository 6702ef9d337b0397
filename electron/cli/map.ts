import { MAP_FORMATS } from '#core/contract/map-sheet-procedures.ts'
import { ORIENTATIONS, PAPER_IDS } from '#core/map-sheet/page.ts'
import { PALETTE_IDS } from '#core/map/palettes.ts'
import { readScale, scaleOf } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { definedOnly, without } from '#core/without.ts'
import { choice, done, misuse, required, text, type Command, type Surroundings, type Values } from './command.ts'
import { chooseReview } from './findings.ts'
import { formatOfFile, withPlan } from './plan-argument.ts'
import type { Session } from './session.ts'
import { SIGN_OPTIONS, SIGN_USAGE, signingOf } from './sign.ts'

/** A place in metres of the plan's frame, as `--centre X,Y`. @throws AppError `cli.usage` */
function centreOf(values: Values): [number, number] | null {
  const given = text(values, 'centre')
  if (given === undefined) return null
  const [x, y, ...more] = given.split(',').map(Number)
  if (x === undefined || y === undefined || more.length > 0 || !Number.isFinite(x) || !Number.isFinite(y))
    throw misuse('--centre 须为 X,Y（米）。', '--centre must be X,Y in metres.')
  return [x, y]
}

/** The number below the line, as `--scale 5000`, `1:5000` or `2.5万`. @throws AppError `cli.usage` */
function typedScale(values: Values): number | null {
  const given = text(values, 'scale')
  if (given === undefined) return null
  const scale = readScale(given)
  if (scale === null || scale < 50 || scale > 1e8)
    throw misuse('--scale 须为 5000 或 1:5000。', '--scale must be like 5000 or 1:5000.')
  return scale
}

/** The layers of the roles that `--layers` names. @throws AppError `cli.usage` */
async function layersOf(session: Session, planId: PlanId, values: Values): Promise<LayerId[] | null> {
  const given = text(values, 'layers')
  if (given === undefined) return null
  const roles = given.split(',').map((role) => role.trim())
  const { layers } = await session.call('plans.get', { planId })
  const unknown = roles.find((role) => !layers.some((layer) => layer.role === role))
  if (unknown !== undefined) {
    const known = [...new Set(layers.map(({ role }) => role))].join(', ')
    throw misuse(`方案没有图层“${unknown}”。可选：${known}。`, `The plan has no layer “${unknown}”. Known: ${known}.`)
  }
  return layers.filter(({ role }) => roles.includes(role)).map(({ id }) => id)
}

/** Themes and bookmarks are the plan's own, saved on the screen: only a catalogue has them. @throws AppError `cli.usage` */
async function named(session: Session, planId: PlanId, values: Values) {
  const [theme, bookmark] = [text(values, 'theme'), text(values, 'bookmark')]
  if (theme === undefined && bookmark === undefined) return { theme, place: null }
  const { themes, bookmarks } = await session.call('map.look', { planId })
  const find = <T extends { name: string }>(list: readonly T[], name: string, option: string): T => {
    const found = list.find((one) => one.name === name)
    if (found) return found
    const known = list.map((one) => one.name)
    throw misuse(
      `--${option}：没有“${name}”。可选：${known.join('、') || '无'}。`,
      `--${option}: there is no “${name}”. Known: ${known.join(', ') || 'none'}.`,
    )
  }
  if (theme !== undefined) find(themes, theme, 'theme')
  const place = bookmark === undefined ? null : find(bookmarks, bookmark, 'bookmark')
  return { theme, place: place && { centreM: place.centre, scale: Math.round(scaleOf(place.metresPerPx)) } }
}

/** What `--with` names besides the layers: overlays by their ids. @throws AppError `cli.usage` */
async function extrasOf(session: Session, planId: PlanId, values: Values) {
  const named = (text(values, 'with') ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '') // prettier-ignore
  const known = named.length === 0 ? [] : (await session.call('overlays.list', { planId })).map(({ id }) => id)
  const unknown = named.find((one) => !BESIDES.some((other) => other === one) && !known.includes(one))
  if (unknown !== undefined) {
    const all = [...BESIDES, ...known].join(', ')
    throw misuse(`--with：没有“${unknown}”。可选：${all}。`, `--with: there is no “${unknown}”. Known: ${all}.`)
  }
  const wanted = text(values, 'review')
  const hasFindings = named.includes('findings') || wanted !== undefined
  return {
    grids: named.includes('grids'),
    overlays: named.filter((one) => known.includes(one)).map((id) => ({ id, opacity: 1 })),
    numbered: true,
    faded: true,
    reviewId: hasFindings ? await chooseReview(session, wanted ?? planId, undefined) : null,
    basemap: named.includes('basemap'),
  }
}

const BESIDES = ['findings', 'basemap', 'grids'] as const

async function print(session: Session, planId: PlanId, values: Values, around: Surroundings) {
  const out = required(values, 'out')
  const { theme, place } = await named(session, planId, values)
  const input = {
    planId,
    paper: choice(values, 'paper', PAPER_IDS) ?? 'A4',
    orientation: choice(values, 'orientation', ORIENTATIONS) ?? 'landscape',
    ...definedOnly({ theme }),
    scale: typedScale(values) ?? place?.scale ?? null,
    centreM: centreOf(values) ?? place?.centreM ?? null,
    layerIds: await layersOf(session, planId, values),
    ...(await extrasOf(session, planId, values)),
    title: text(values, 'title') ?? null,
    source: text(values, 'source') ?? '',
    names: values['names'] === true,
    palette: choice(values, 'palette', PALETTE_IDS) ?? null,
    printer: choice(values, 'printer', PAPER_IDS) ?? null,
    lang: around.lang,
    format: formatOfFile(out, MAP_FORMATS),
    ...definedOnly({ sign: await signingOf(session, values, around) }),
    target: session.save(out),
  }
  const facts = without(await session.call('map.print', input), 'fileName', 'download')
  const unplaced = input.format === 'pdf' && !facts.isRegistered
  const { leftOut } = facts
  if (leftOut.length > 0)
    around.say({
      zh: `未能绘入：${leftOut.map(({ zh }) => zh).join('、')}`,
      en: `Could not be drawn: ${leftOut.map(({ en }) => en).join(', ')}`,
    })
  around.say({
    zh: `已写入 ${out}：1:${facts.scale}，${facts.pages} 页${facts.merged.length > 0 ? '；图斑过多的图层按类合并绘制' : ''}${unplaced ? '；坐标系未知，未写入地理配准' : ''}`,
    en: `Wrote ${out}: 1:${facts.scale}, ${facts.pages} page(s)${facts.merged.length > 0 ? '; layers with too many shapes are merged by class' : ''}${unplaced ? '; not registered on Earth, because the coordinate system is not known' : ''}`,
  })
  return done({ planId, path: out, ...facts })
}

/** The map of a stored plan, or of a manifest without keeping anything, on paper and true to scale. */
export const map: Command = {
  name: 'map',
  usage:
    '<manifest.json> | --catalogue DIR [--plan ID] [--paper A4…A0] [--orientation landscape|portrait] [--scale 5000] [--centre X,Y] [--layers ROLE,…] [--theme NAME] [--bookmark NAME] [--with findings,basemap,grids,OVERLAY,…] [--review ID] [--names] [--palette grey] [--title T] [--source S] [--printer A4] --out FILE.pdf|.svg|.png ' +
    SIGN_USAGE,
  does: {
    zh: '按真实比例尺打印地图（标题、图例、比例尺、指北针、坐标系、日期、来源）：PDF、SVG 或 PNG（每英寸 150 点，文件内注明尺寸）；--theme、--bookmark 按名称取图层面板中保存的主题与书签（书签定图面中心和比例尺）；--with 绘入审查意见（findings，--review 指定审查）、底图（basemap）、未打开的栅格（grids）和按编号列出的分析叠加图（如 green-network）；--printer 按打印机纸张分幅并带拼接标记',
    en: 'prints the map true to scale (title, legend, scale bar, north arrow, CRS, date, source) as PDF, SVG or PNG (150 dots per inch, with its size on paper in the file); --theme and --bookmark take what was saved under a name in the layers panel (a bookmark is the middle of the map and its scale); --with draws findings (of --review), the basemap, grids that are switched off, and analysis overlays by their ids (such as green-network); --printer cuts it for a smaller paper, with marks to join the pieces',
  },
  options: {
    catalogue: { type: 'string' },
    plan: { type: 'string' },
    paper: { type: 'string' },
    orientation: { type: 'string' },
    scale: { type: 'string' },
    centre: { type: 'string' },
    layers: { type: 'string' },
    theme: { type: 'string' },
    bookmark: { type: 'string' },
    names: { type: 'boolean' },
    palette: { type: 'string' },
    title: { type: 'string' },
    source: { type: 'string' },
    printer: { type: 'string' },
    with: { type: 'string' },
    review: { type: 'string' },
    ...SIGN_OPTIONS,
    out: { type: 'string', short: 'o' },
  },
  positionals: [0, 1],
  run([manifestFile], values, around) {
    formatOfFile(required(values, 'out'), MAP_FORMATS)
    choice(values, 'paper', PAPER_IDS)
    choice(values, 'orientation', ORIENTATIONS)
    choice(values, 'printer', PAPER_IDS)
    choice(values, 'palette', PALETTE_IDS)
    typedScale(values)
    centreOf(values)
    if (text(values, 'sign') !== undefined && formatOfFile(required(values, 'out'), MAP_FORMATS) !== 'pdf')
      throw misuse('只有 PDF 可以签名。', 'Only a PDF can be signed.')
    return withPlan(manifestFile, values, around, (session, planId) => print(session, planId, values, around))
  },
}
