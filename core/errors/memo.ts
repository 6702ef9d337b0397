import { message, type MessageTable } from './message.ts'

/** Failures of composing, printing and verifying memos. */
export const memoMessages = {
  'memo.not-a-memo': (p: { file: string }) =>
    message(
      ['不是绿图意见书', `“${p.file}”中没有评审数据附件。`, '请选择由绿图导出的 PDF、HTML、评审包或 JSON 结果。'],
      [
        'Not a Greenprint memo',
        `“${p.file}” carries no review attachment.`,
        'Choose a PDF, HTML, package or JSON result that Greenprint exported.',
      ],
    ),
  'memo.broken-record': (p: { file: string; where: string }) =>
    message(
      ['评审记录已损坏', `“${p.file}”所附的评审记录不完整或格式不符（${p.where}）。`, '请向出具单位索取原始文件。'],
      [
        'The review record is damaged',
        `The review record in “${p.file}” is incomplete or not in the known form (${p.where}).`,
        'Ask the office that issued it for the original file.',
      ],
    ),
  'memo.unknown-section': (p: { section: string; known: string }) =>
    message(
      ['没有这个章节', `意见书没有名为“${p.section}”的章节。`, `请从以下章节中选择：${p.known}。`],
      ['No such section', `Memos have no section named “${p.section}”.`, `Choose from: ${p.known}.`],
    ),
  'memo.text-lost': (p: { part: string }) =>
    message(
      ['导出的 PDF 缺少内容', `排版后找不到“${p.part}”，文件未保存。`, '请改用 HTML 导出，并把这段文字告知维护人员。'],
      [
        'The PDF would lose content',
        `After layout “${p.part}” could not be found again; the file was not kept.`,
        'Export as HTML instead, and report this text.',
      ],
    ),
  'memo.no-rasteriser': (p: { problem: string }) =>
    message(
      [
        '无法绘制图片',
        `本机缺少绘制图片的组件（${p.problem}），DOCX 中的图和 PNG 地图都无法生成。`,
        '请改用 PDF、HTML 或 SVG 导出，或重新安装本程序。',
      ],
      [
        'Pictures cannot be drawn',
        `The part that draws pictures is missing here (${p.problem}), so neither the figures of a DOCX nor a map as PNG can be made.`,
        'Export as PDF, HTML or SVG instead, or install the program again.',
      ],
    ),
  'memo.unsafe-figure': (p: { found: string }) =>
    message(
      [
        '附图含有不允许的内容',
        `图中含有“${p.found}”，可能引用外部文件，已拒绝输出。`,
        '请重新生成意见书；若仍出现，请告知维护人员。',
      ],
      [
        'A figure holds forbidden content',
        `The figure contains “${p.found}”, which could refer to other files; nothing was written.`,
        'Compose the memo again; if it repeats, report it.',
      ],
    ),
  'memo.timeout': (p: { seconds: number }) =>
    message(
      ['排版超时', `${p.seconds} 秒内未能完成 PDF 排版，已停止。`, '请缩短过长的意见文字，或改用 HTML 导出。'],
      [
        'Layout took too long',
        `The PDF was not finished within ${p.seconds} seconds and was stopped.`,
        'Shorten very long findings, or export as HTML.',
      ],
    ),
  'memo.too-large': (p: { memoryMb: number }) =>
    message(
      ['意见书过大', `PDF 排版超出 ${p.memoryMb} MB 内存上限，已停止。`, '请减少意见条数或改用 HTML 导出。'],
      [
        'The memo is too large',
        `Layout of the PDF needs more than ${p.memoryMb} MB; it was stopped.`,
        'Reduce the findings, or export as HTML.',
      ],
    ),
  'memo.cannot-write': (p: { file: string; problem: string }) =>
    message(
      ['无法写入文件', `“${p.file}”无法写入：${p.problem}。`, '请检查磁盘空间与权限，关闭正在打开该文件的程序后重试。'],
      [
        'The file cannot be written',
        `“${p.file}” could not be written: ${p.problem}.`,
        'Check space and permissions, close programs that have the file open, and try again.',
      ],
    ),
} satisfies MessageTable
