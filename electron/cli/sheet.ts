import { readFileSync, statSync } from 'node:fs'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'
import { FIT_METHODS, metresPerSheetUnit } from '#core/geo/sheet-fit.ts'
import { CRS_CODE } from '#core/model/manifest.ts'
import { bilingual } from '#core/text.ts'
import { done, integer, misuse, required, text, type Command, type Values } from './command.ts'
import { choosePlan } from './review-steps.ts'
import { withSession } from './session.ts'

const pair = z.tuple([z.number(), z.number()])
const pointsFile = z.array(z.strictObject({ sheet: pair, place: pair })).max(200)
const MOST_BYTES = 2 ** 20

type PointsFile = z.infer<typeof pointsFile>

/** Points written by hand: `[{ "sheet": [x, y], "place": [east, north] }, …]`. @throws AppError `sheet.unreadable`, `import.file-missing` */
function readPoints(file: string): PointsFile {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) throw new AppError('import.file-missing', { file })
  const unreadable = (detail: string) =>
    new AppError('sheet.unreadable', {
      file,
      problem: bilingual(`不是控制点文件（${detail}）`, `it is no file of control points (${detail})`),
    })
  if (stat.size > MOST_BYTES) throw unreadable('> 1 MB')
  try {
    return pointsFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof z.ZodError) throw unreadable(error.issues[0]?.path.join('.') || 'JSON')
    if (error instanceof SyntaxError) throw unreadable('JSON')
    throw error
  }
}

function pointsOf(values: Values): PointsFile | undefined {
  const file = text(values, 'points')
  return file === undefined ? undefined : readPoints(file)
}

function crsOf(values: Values): string | undefined {
  const crs = text(values, 'crs')
  if (crs !== undefined && !CRS_CODE.test(crs)) throw misuse(`--crs 写成 EPSG:4547 的形式。`, 'Write --crs like EPSG:4547.')
  return crs
}

export const sheet: Command = {
  name: 'sheet',
  usage:
    '<file> --catalogue DIR [--plan ID] [--page N] [--points F.json] [--crs EPSG:N] [--method affine|projective] [--name TEXT]',
  does: {
    zh: '把图片或 PDF 页面配准到方案下面：按文件自带的配准，或按控制点；给出中误差',
    en: 'lays a picture or a PDF page under a plan, as it says itself or by control points, and tells the rms',
  },
  options: {
    catalogue: { type: 'string' },
    plan: { type: 'string' },
    page: { type: 'string' },
    points: { type: 'string' },
    crs: { type: 'string' },
    method: { type: 'string' },
    name: { type: 'string' },
  },
  positionals: [1, 1],
  run([file = ''], values, around) {
    const [points, crs] = [pointsOf(values), crsOf(values)]
    const page = integer(values, 'page', [1, 100_000]) ?? 1
    const method = FIT_METHODS.find((one) => one === (text(values, 'method') ?? 'affine'))
    if (method === undefined) throw misuse('--method 为 affine 或 projective。', '--method is affine or projective.')
    return withSession(required(values, 'catalogue'), around, async (session) => {
      const planId = await choosePlan(session, text(values, 'plan'))
      const { plan } = await session.call('plans.get', { planId })
      const { sha256, name } = await session.call('sheets.open', { files: session.files([file]) })
      const wish = { planId, sheetId: null, sha256, page, name: text(values, 'name') ?? name }
      const placed = points
        ? await session.call('sheets.locate', { planId, crs: crs ?? plan.crs, places: points.map(({ place }) => place) })
        : null
      const laid = await session.call('sheets.place', {
        ...wish,
        by: placed
          ? {
              kind: 'points',
              method,
              points: (points ?? []).map(({ sheet: [x, y] }, at) => ({
                x,
                y,
                xM: placed[2 * at] ?? 0,
                yM: placed[2 * at + 1] ?? 0,
              })),
            }
          : { kind: 'file', registration: 0, crs: crs ?? null },
      })
      const { fit, points: control, ...stored } = laid
      const metresPerUnit = metresPerSheetUnit(fit.mapping, laid)
      const rms = fit.rmsM.toFixed(2)
      around.say({ zh: `已放置“${laid.name}”：中误差 ${rms} 米。`, en: `Laid “${laid.name}”: rms ${rms} m.` })
      return done({ sheet: stored, metresPerUnit, fit, points: control })
    })
  },
}
