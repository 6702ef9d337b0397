import type { Bilingual } from '../text.ts'
import { message, placeEn, placeZh, type MessageTable } from './message.ts'

/** “roads.shp”: … — before a sentence that some callers cannot tie to a file. */
const fileZh = (p: { file?: string; layer?: string | null }): string => (p.file ? `“${p.file}”${placeZh(p)}：` : '')
const fileEn = (p: { file?: string; layer?: string | null }): string => (p.file ? `“${p.file}”${placeEn(p)}: ` : '')

/** Failures of reading a plan's files; each says the file, and where known the layer and the row. */
export const importMessages = {
  'import.files-gone': (_: Record<string, never>) =>
    message(
      ['所选文件已不可用', '之前选择的文件已被释放，或程序已重新启动。', '请重新选择文件。'],
      ['The chosen files are no longer at hand', 'They were released, or the program was restarted.', 'Choose the files again.'],
    ),
  'import.unknown-format': (p: { file: string }) =>
    message(
      ['不支持的文件类型', `无法读取“${p.file}”。`, '请另存为 GeoPackage、Shapefile（zip 或整套文件）或 GeoJSON 后重试。'],
      [
        'This file type is not supported',
        `Greenprint cannot read “${p.file}”.`,
        'Save it as GeoPackage, Shapefile (zip or set) or GeoJSON and try again.',
      ],
    ),
  'import.file-missing': (p: { file: string }) =>
    message(
      ['找不到文件', `“${p.file}”不存在或无权读取。`, '请检查路径和访问权限后重试。'],
      [
        'File not found',
        `“${p.file}” does not exist or may not be read.`,
        'Check the path and your access to it, then try again.',
      ],
    ),
  'import.file-too-large': (p: { file: string; sizeMb: number; limitMb: number }) =>
    message(
      [
        '文件过大',
        `“${p.file}”为 ${p.sizeMb} MB，该格式的上限为 ${p.limitMb} MB。`,
        '请另存为 GeoPackage，或裁剪到规划范围后重试。',
      ],
      [
        'File too large',
        `“${p.file}” has ${p.sizeMb} MB; the limit of this format is ${p.limitMb} MB.`,
        'Save it as GeoPackage, or clip it to the plan, and try again.',
      ],
    ),
  'import.json-broken': (p: { file: string; line: number; column: number }) =>
    message(
      [
        'JSON 语法错误',
        `“${p.file}”第 ${p.line} 行第 ${p.column} 列处不是有效的 JSON，文件可能不完整。`,
        '请重新导出或重新复制该文件。',
      ],
      [
        'Not valid JSON',
        `“${p.file}” stops being valid JSON at line ${p.line}, column ${p.column}; it may be incomplete.`,
        'Export or copy the file again.',
      ],
    ),
  'import.geojson-shape': (p: { file: string; row: number | null; problem: Bilingual }) =>
    message(
      ['GeoJSON 结构有误', `“${p.file}”${placeZh(p)}：${p.problem.zh}。`, '请用 GIS 软件重新导出为 GeoJSON 或 GeoPackage。'],
      [
        'Not well-formed GeoJSON',
        `“${p.file}”${placeEn(p)}: ${p.problem.en}.`,
        'Export it again from a GIS as GeoJSON or GeoPackage.',
      ],
    ),
  'import.bad-coordinate': (p: { file: string; layer: string | null; row: number }) =>
    message(
      ['坐标无效', `“${p.file}”${placeZh(p)}含有无效坐标（不是数值或大得不可能）。`, '请在 GIS 软件中修复或删除该要素后重试。'],
      [
        'Impossible coordinate',
        `“${p.file}”${placeEn(p)} has a coordinate that is not a number or impossibly large.`,
        'Repair or delete that feature in a GIS and try again.',
      ],
    ),
  'import.truncated': (p: { file: string; row: number | null }) =>
    message(
      [
        '文件不完整',
        `“${p.file}”在${p.row ? `第 ${p.row} 行处` : '文件头处'}中断，后面的数据缺失。`,
        '请重新复制整套文件；若仍不完整，请让提供方重新导出。',
      ],
      [
        'File is incomplete',
        `“${p.file}” ends in the middle of ${p.row ? `row ${p.row}` : 'its header'}; the rest is missing.`,
        'Copy the whole set again; if it stays incomplete, ask the sender for a new export.',
      ],
    ),
  'import.shapefile-broken': (p: { file: string; row: number | null; problem: Bilingual }) =>
    message(
      ['Shapefile 已损坏', `“${p.file}”${placeZh(p)}：${p.problem.zh}。`, '请在 GIS 软件中检查并重新导出。'],
      ['Shapefile is damaged', `“${p.file}”${placeEn(p)}: ${p.problem.en}.`, 'Check it in a GIS and export it again.'],
    ),
  'import.unsupported-geometry': (p: { file: string; layer: string | null; row: number; type: string }) =>
    message(
      [
        '不支持的几何类型',
        `“${p.file}”${placeZh(p)}的几何类型为 ${p.type}，绿图只读取点、线、面。`,
        '请先转换为普通点、线、面要素后重试。',
      ],
      [
        'Geometry type not supported',
        `“${p.file}”${placeEn(p)} is of type ${p.type}; Greenprint reads points, lines and polygons.`,
        'Convert it to plain points, lines or polygons and try again.',
      ],
    ),
  'import.geometry-broken': (p: { file: string; layer: string | null; row: number }) =>
    message(
      ['几何数据损坏', `“${p.file}”${placeZh(p)}的几何数据无法解读。`, '请在 GIS 软件中检查该要素并重新导出。'],
      [
        'Geometry cannot be decoded',
        `The geometry of “${p.file}”${placeEn(p)} cannot be decoded.`,
        'Check that feature in a GIS and export the layer again.',
      ],
    ),
  'import.geopackage-broken': (p: { file: string; problem: Bilingual }) =>
    message(
      ['GeoPackage 无法读取', `“${p.file}”：${p.problem.zh}。`, '请重新复制该文件；若仍无法读取，请让提供方重新导出。'],
      [
        'GeoPackage cannot be read',
        `“${p.file}”: ${p.problem.en}.`,
        'Copy the file again; if that does not help, ask the sender for a new export.',
      ],
    ),
  'import.no-layers': (p: { file: string }) =>
    message(
      ['没有可用的图层', `“${p.file}”中没有绿图能读取的图层。`, '请确认文件内含 Shapefile、GeoPackage 或 GeoJSON 的矢量图层。'],
      [
        'No layers inside',
        `“${p.file}” holds no layer that Greenprint can read.`,
        'Make sure that it holds vector layers as Shapefile, GeoPackage or GeoJSON.',
      ],
    ),
  'import.limit': (p: { file: string; layer: string | null; what: Bilingual; limit: number }) =>
    message(
      ['超出读取上限', `“${p.file}”${placeZh(p)}的${p.what.zh}超过上限 ${p.limit}。`, '请拆分或精简数据后重试。'],
      [
        'Beyond a reading limit',
        `“${p.file}”${placeEn(p)} has more ${p.what.en} than ${p.limit}.`,
        'Split or simplify the data and try again.',
      ],
    ),
  'import.archive-refused': (p: { file: string; entry: string | null; problem: Bilingual }) =>
    message(
      [
        '压缩包无法使用',
        `“${p.file}”${p.entry ? `中的“${p.entry}”` : ''}：${p.problem.zh}。`,
        '请自行解压检查后，重新打包或直接选择其中的文件。',
      ],
      [
        'Archive refused',
        `“${p.file}”${p.entry ? `, entry “${p.entry}”` : ''}: ${p.problem.en}.`,
        'Unpack and check it yourself, then pack it again or choose the files directly.',
      ],
    ),
  'import.encoding-unknown': (p: { file: string; encoding: string }) =>
    message(
      ['未知的文字编码', `“${p.file}”指定的编码“${p.encoding}”无法识别。`, '请改用 UTF-8、GBK、GB18030 或 Big5。'],
      [
        'Unknown text encoding',
        `The encoding “${p.encoding}” given for “${p.file}” is not known.`,
        'Use UTF-8, GBK, GB18030 or Big5.',
      ],
    ),
  'import.vct-unsupported': (p: { file: string; line: number; what: Bilingual }) =>
    message(
      [
        'VCT 中有不能读取的内容',
        `“${p.file}”第 ${p.line} 行：${p.what.zh}，绿图不读取，也不会猜测其含义。`,
        '请在 GIS 软件中把这些对象转换为普通点、折线和由折线围成的面后重新导出，或改交 GeoPackage、Shapefile。',
      ],
      [
        'The VCT holds something that is not read',
        `“${p.file}”, line ${p.line}: ${p.what.en}. Greenprint does not read this and does not guess.`,
        'Turn such objects into plain points, polylines and areas bounded by polylines in a GIS and export again, or hand in GeoPackage or Shapefile.',
      ],
    ),
  'import.manifest-invalid': (p: { file: string; key: string; problem: string }) =>
    message(
      ['方案清单有误', `“${p.file}”中的“${p.key}”：${p.problem}`, '请修改该项；各项说明见方案清单文档。'],
      [
        'Plan manifest is not valid',
        `“${p.key}” in “${p.file}”: ${p.problem}`,
        'Correct that key; the manifest page of the manual explains each one.',
      ],
    ),
  'import.manifest-ambiguous': (p: { file: string; others: string[] }) =>
    message(
      [
        '有多份方案清单',
        `“${p.file}”和${p.others.map((file) => `“${file}”`).join('、')}都是有效的方案清单，不能确定以哪一份为准，均未采用。`,
        '请只选择其中一份（或把其余的移出文件夹）后重新选择文件。',
      ],
      [
        'More than one plan manifest',
        `“${p.file}” and ${p.others.map((file) => `“${file}”`).join(', ')} are valid plan manifests; which of them holds is not known, so none was taken.`,
        'Choose one of them only (or move the others out of the folder) and choose the files again.',
      ],
    ),
  /** Either a code that nobody knows, or a layer whose system nobody can name. */
  'import.crs-unknown': (p: { crs: string } | { file: string; layer: string | null; reason: Bilingual }) =>
    'crs' in p
      ? message(
          [
            '未知的坐标系',
            `绿图不认识坐标系“${p.crs}”。`,
            '请使用 EPSG 代码（如 EPSG:4547），或用 LOCAL:metre 表示独立平面坐标。',
          ],
          [
            'Unknown coordinate system',
            `Greenprint does not know the coordinate system “${p.crs}”.`,
            'Use an EPSG code such as EPSG:4547, or LOCAL:metre for a plane of its own.',
          ],
        )
      : message(
          [
            '坐标系未知',
            `无法确定“${p.file}”${placeZh(p)}的坐标系：${p.reason.zh}`,
            '请指明坐标系（如 EPSG:4547）；若为没有地理位置的平面坐标（米），请填 LOCAL:metre。',
          ],
          [
            'Which coordinate system?',
            `The coordinate system of “${p.file}”${placeEn(p)} is not known: ${p.reason.en}`,
            'Name it, for example EPSG:4547; for metres without a place on Earth, LOCAL:metre.',
          ],
        ),
  'import.datum-shift-needs-parameters': (p: { from: string; to: string; file?: string; layer?: string | null }) =>
    message(
      [
        '基准转换缺少参数',
        `${fileZh(p)}从 ${p.from} 到 ${p.to} 需要基准转换，而其参数未公开或因地区而异，绿图不会擅自转换。`,
        '请在导入对话框中选择（或在方案清单的 datumShift 中指定）本地七参数文件（仅在导入时使用，不会保存），或先在 GIS 软件中转换为 CGCS2000，或让各图层使用同一坐标系。',
      ],
      [
        'Datum shift needs parameters',
        `${fileEn(p)}Going from ${p.from} to ${p.to} changes the datum by parameters that are not public or differ by region; Greenprint never guesses them.`,
        'Choose a local file of the seven parameters in the import dialog, or name it under datumShift in the manifest (used for the import only, never kept), convert the layer to CGCS2000 in a GIS first, or give all layers the same system.',
      ],
    ),
  /** Names the key only: the values may be classified. */
  'import.datum-shift-several': (_: Record<string, never>) =>
    message(
      ['选择了多个参数文件', '基准转换只用一个参数文件。', '请重新选择一个文件。'],
      ['More than one parameter file was chosen', 'A datum shift is read from one file.', 'Choose one file again.'],
    ),
  'import.datum-shift-invalid': (p: { file: string; key: string }) =>
    message(
      ['七参数文件有误', `“${p.file}”中的“${p.key}”缺失、多余或超出合理范围。`, '请按手册的格式改正该项；参数值不会被记录。'],
      [
        'Datum-shift file is not valid',
        `“${p.key}” in “${p.file}” is missing, unknown or out of any sensible range.`,
        'Correct that key; the manual shows the format. Values are never recorded.',
      ],
    ),
  'import.local-plane': (p: { from: string; to: string; file?: string; layer?: string | null }) =>
    message(
      [
        '独立坐标无法转换',
        `${fileZh(p)}${p.from} 与 ${p.to} 之间没有换算关系：独立平面坐标不知其在地球上的位置。`,
        '请让所有图层使用同一坐标系。',
      ],
      [
        'A local plane cannot be converted',
        `${fileEn(p)}There is no way between ${p.from} and ${p.to}: a local plane has no known place on Earth.`,
        'Give all layers the same coordinate system.',
      ],
    ),
} satisfies MessageTable
