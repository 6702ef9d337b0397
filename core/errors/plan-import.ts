import type { Bilingual } from '../text.ts'
import { message, placeEn, placeZh, type MessageTable } from './message.ts'

/** Failures of turning read layers into a plan: what the manifest asks for and what the files hold do not meet. */
export const planImportMessages = {
  'import.path-outside': (p: { file: string }) =>
    message(
      [
        '路径超出所选范围',
        `方案清单中的“${p.file}”不在所选文件夹内，绿图不会读取。`,
        '请把文件放入所选文件夹，或重新选择上一级文件夹。',
      ],
      [
        'Path leaves the chosen folder',
        `The manifest names “${p.file}”, which is not inside what was chosen; Greenprint does not read it.`,
        'Put the file into the chosen folder, or choose a folder further up.',
      ],
    ),
  'import.layer-missing': (p: { file: string; layer: string; found: string[] }) =>
    message(
      ['找不到图层', `“${p.file}”中没有图层“${p.layer}”。现有图层：${p.found.join('、')}。`, '请改正方案清单中的图层名。'],
      [
        'Layer not found',
        `“${p.file}” holds no layer “${p.layer}”. It holds: ${p.found.join(', ')}.`,
        'Correct the layer name in the manifest.',
      ],
    ),
  'import.layer-ambiguous': (p: { file: string; layers: string[] }) =>
    message(
      ['需要指定图层', `“${p.file}”含有多个图层：${p.layers.join('、')}。`, '请指明要使用哪一个图层。'],
      ['Which layer?', `“${p.file}” holds several layers: ${p.layers.join(', ')}.`, 'Say which of them to use.'],
    ),
  'import.wrong-kind': (p: { file: string; layer: string | null; role: Bilingual; wanted: Bilingual; found: Bilingual }) =>
    message(
      [
        '几何类型不符',
        `“${p.file}”${placeZh(p)}用作“${p.role.zh}”需要${p.wanted.zh}要素，实际为${p.found.zh}。`,
        '请更换图层，或改变其用途。',
      ],
      [
        'Wrong kind of geometry',
        `“${p.file}”${placeEn(p)}: the role “${p.role.en}” needs ${p.wanted.en} features; there are ${p.found.en}.`,
        'Choose another layer, or give this one another role.',
      ],
    ),
  'import.field-missing': (p: {
    file: string
    layer: string | null
    role: Bilingual
    attribute: Bilingual
    key: string
    candidates: string[]
  }) =>
    message(
      [
        '缺少必需字段',
        `“${p.file}”${placeZh(p)}用作“${p.role.zh}”需要“${p.attribute.zh}”，但没有字段与之对应。`,
        `请在 fields 中为“${p.key}”指定字段；可选字段：${p.candidates.join('、') || '无'}。`,
      ],
      [
        'A required field is missing',
        `“${p.file}”${placeEn(p)}: the role “${p.role.en}” needs “${p.attribute.en}”, and no field matches it.`,
        `Name a field for “${p.key}” under fields; there are: ${p.candidates.join(', ') || 'none'}.`,
      ],
    ),
  'import.field-unknown': (p: {
    file: string
    layer: string | null
    field: string
    key: 'fields' | 'where'
    candidates: string[]
  }) =>
    message(
      [
        '字段不存在',
        `“${p.file}”${placeZh(p)}没有字段“${p.field}”（${p.key} 中指定）。`,
        `请改正字段名；现有字段：${p.candidates.join('、') || '无'}。`,
      ],
      [
        'No such field',
        `“${p.file}”${placeEn(p)} has no field “${p.field}”, which ${p.key} names.`,
        `Correct the name; there are: ${p.candidates.join(', ') || 'none'}.`,
      ],
    ),
  'import.attribute-unknown': (p: { file: string; role: Bilingual; attribute: string; known: string[] }) =>
    message(
      ['未知的属性', `“${p.file}”：用途“${p.role.zh}”没有名为“${p.attribute}”的属性。`, `可用的属性：${p.known.join('、')}。`],
      [
        'Unknown attribute',
        `“${p.file}”: the role “${p.role.en}” has no attribute “${p.attribute}”.`,
        `It has: ${p.known.join(', ')}.`,
      ],
    ),
  'import.class-mapping-unknown': (p: { file: string; layer: string | null; value: string; code: string }) =>
    message(
      [
        '映射到的地类不存在',
        `“${p.file}”${placeZh(p)}：classes 把“${p.value}”映射为“${p.code}”，但 2023 年分类中没有该代码。`,
        '请改用《国土空间调查、规划、用途管制用地用海分类指南》（2023）中的代码。',
      ],
      [
        'Mapped to a class that does not exist',
        `“${p.file}”${placeEn(p)}: classes maps “${p.value}” to “${p.code}”, which the 2023 classification does not have.`,
        'Use a code of the 2023 land-use classification.',
      ],
    ),
  'import.nothing-left': (p: { file: string; layer: string | null; cause: 'empty' | 'where' | 'geometry' }) =>
    message(
      [
        '没有可导入的要素',
        `“${p.file}”${placeZh(p)}：${p.cause === 'empty' ? '图层为空' : p.cause === 'where' ? '没有要素符合 where 条件' : '所有要素的几何都为空或无法使用'}。`,
        p.cause === 'where' ? '请检查 where 中的取值。' : '请检查该图层，或从方案中去掉它。',
      ],
      [
        'No features to import',
        `“${p.file}”${placeEn(p)}: ${p.cause === 'empty' ? 'the layer is empty' : p.cause === 'where' ? 'no feature meets where' : 'no feature has a usable geometry'}.`,
        p.cause === 'where' ? 'Check the values under where.' : 'Check the layer, or leave it out of the plan.',
      ],
    ),
  'import.off-earth': (p: { file: string; layer: string | null; row: number; from: string; to: string }) =>
    message(
      [
        '坐标无法转换',
        `“${p.file}”${placeZh(p)}的坐标不能从 ${p.from} 转换到 ${p.to}，坐标系可能选错了。`,
        '请核对该图层的坐标系。',
      ],
      [
        'Coordinates cannot be converted',
        `“${p.file}”${placeEn(p)} has coordinates that cannot go from ${p.from} to ${p.to}; the coordinate system may be wrong.`,
        'Check the coordinate system of that layer.',
      ],
    ),
  'import.too-wide': (p: { widthKm: number; limitKm: number; layers: string[] }) =>
    message(
      [
        '范围过大',
        `各图层合计跨度 ${p.widthKm} km，超过上限 ${p.limitKm} km，某个图层的坐标系可能选错了。`,
        `请核对各图层的坐标系：${p.layers.join('、')}。`,
      ],
      [
        'The plan is too wide',
        `The layers span ${p.widthKm} km together, more than ${p.limitKm} km; one of them probably has the wrong coordinate system.`,
        `Check the coordinate system of each layer: ${p.layers.join(', ')}.`,
      ],
    ),
  'import.reader-crashed': (p: { file: string | null }) =>
    message(
      [
        '读取进程意外终止',
        `读取${p.file ? `“${p.file}”` : '文件'}时，独立的读取进程意外终止。目录库未受影响。`,
        '文件可能已损坏：请用 GIS 软件打开并另存后重试。',
      ],
      [
        'The reader stopped unexpectedly',
        `The separate process that reads ${p.file ? `“${p.file}”` : 'the files'} stopped unexpectedly. The catalogue is untouched.`,
        'The file may be damaged: open it in a GIS, save it again and retry.',
      ],
    ),
  'import.too-slow': (p: { file: string | null; seconds: number }) =>
    message(
      [
        '读取超时',
        `读取${p.file ? `“${p.file}”` : '文件'}已有 ${p.seconds} 秒没有进展，已停止。目录库未受影响。`,
        '请检查文件是否正常，或拆分后重试。',
      ],
      [
        'Reading took too long',
        `There was no progress on ${p.file ? `“${p.file}”` : 'the files'} for ${p.seconds} s, so reading was stopped. The catalogue is untouched.`,
        'Check the file, or split it and try again.',
      ],
    ),
  'import.too-large': (p: { file: string | null; limitMb: number }) =>
    message(
      [
        '内存不足以读取',
        `读取${p.file ? `“${p.file}”` : '文件'}所需内存超过 ${p.limitMb} MB，已停止。目录库未受影响。`,
        '请转换为 GeoPackage 或裁剪到规划范围后重试。',
      ],
      [
        'Too large to read',
        `Reading ${p.file ? `“${p.file}”` : 'the files'} needs more than ${p.limitMb} MB of memory, so it was stopped. The catalogue is untouched.`,
        'Convert it to GeoPackage, or clip it to the plan, and try again.',
      ],
    ),
  'import.disk-full': (_: Record<string, never>) =>
    message(
      ['磁盘空间不足', '写入方案数据时磁盘已满。目录库未受影响。', '请清理磁盘空间后重试。'],
      [
        'The disk is full',
        'The disk filled up while the plan was written. The catalogue is untouched.',
        'Free some space and try again.',
      ],
    ),
} satisfies MessageTable
