import type { Bilingual } from '../text.ts'
import { message } from './message.ts'

/** Failures of plan sheets: files that cannot be one, and points that do not lay one. */
export const sheetMessages = {
  'sheet.unreadable': (p: { file: string; problem: Bilingual }) =>
    message(
      ['图纸无法读取', `“${p.file}”：${p.problem.zh}。`, '请选择 PDF、PNG、JPEG 或 TIFF 文件，或重新导出后再试。'],
      [
        'The sheet cannot be read',
        `“${p.file}”: ${p.problem.en}.`,
        'Choose a PDF, PNG, JPEG or TIFF, or export it again and try once more.',
      ],
    ),
  'sheet.encrypted': (p: { file: string }) =>
    message(
      ['PDF 已加密', `“${p.file}”设有密码或使用限制，不能作为图纸读取。`, '请向报送单位索取未加密的 PDF。'],
      [
        'The PDF is encrypted',
        `“${p.file}” is protected by a password or by restrictions.`,
        'Ask whoever submitted it for a PDF without protection.',
      ],
    ),
  'sheet.too-large': (p: { file: string; what: Bilingual; found: number; limit: number }) =>
    message(
      [
        '图纸过大',
        `“${p.file}”的${p.what.zh}为 ${p.found}，上限为 ${p.limit}。`,
        '请降低分辨率、拆分页面，或另存为分块的 GeoTIFF 作为底图。',
      ],
      [
        'The sheet is too large',
        `“${p.file}” has ${p.found} ${p.what.en}; at most ${p.limit} can be shown.`,
        'Lower its resolution, split its pages, or use it as a basemap in the form of a tiled GeoTIFF.',
      ],
    ),
  'sheet.no-page': (p: { file: string; page: number; pages: number }) =>
    message(
      ['没有这一页', `“${p.file}”共 ${p.pages} 页，没有第 ${p.page} 页。`, `请填写 1 到 ${p.pages}。`],
      ['No such page', `“${p.file}” has ${p.pages} pages and no page ${p.page}.`, `Give a page from 1 to ${p.pages}.`],
    ),
  'sheet.no-registration': (p: { file: string }) =>
    message(
      ['图纸没有配准信息', `“${p.file}”没有可用的坐标信息，不知道放在哪里。`, '请给出至少三个控制点（图上位置与实地坐标）。'],
      [
        'The sheet has no registration',
        `Nothing in “${p.file}” says where it lies.`,
        'Give three or more control points: places on the sheet and on the ground.',
      ],
    ),
  'sheet.place-impossible': (p: { crs: string; place: string }) =>
    message(
      ['坐标不在该坐标系内', `${p.crs} 中没有“${p.place}”这个位置。`, '请检查坐标的顺序（先东后北）与坐标系代码。'],
      [
        'No such place',
        `${p.crs} has no place “${p.place}”.`,
        'Check the order of the coordinates (east before north) and the code of the system.',
      ],
    ),
  'sheet.too-few-points': (p: { have: number; need: number }) =>
    message(
      ['控制点不足', `已有 ${p.have} 个控制点，至少需要 ${p.need} 个。`, '请继续添加控制点，尽量分布在图纸四角。'],
      ['Too few control points', `${p.have} given, ${p.need} needed.`, 'Add more, as far apart as the sheet allows.'],
    ),
  'sheet.points-in-line': (_: Record<string, never>) =>
    message(
      [
        '控制点几乎在一条直线上',
        '这些点（在图上或实地）重合或共线，不能确定图纸的位置。',
        '请把其中一个点移到远离其余各点连线的地方。',
      ],
      [
        'The control points lie in a line',
        'On the sheet or on the ground the points coincide or lie in one line, which does not fix the sheet.',
        'Move one of them away from the line through the others.',
      ],
    ),
  'sheet.points-mirrored': (_: Record<string, never>) =>
    message(
      ['控制点使图纸翻转', '按这些点配准，图纸会镜像或折叠：多半是两个点对调了。', '请核对每个点的图上位置与实地位置是否对应。'],
      [
        'The control points turn the sheet over',
        'Laid by these points the sheet would be mirrored or folded: most likely two of them are exchanged.',
        'Check that each place on the sheet belongs to its place on the ground.',
      ],
    ),
}
