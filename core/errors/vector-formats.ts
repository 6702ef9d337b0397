import type { Bilingual } from '../text.ts'
import { message, placeEn, placeZh, type MessageTable } from './message.ts'

/** Failures of reading CAD, XML and binary vector formats; each says the file, and where known the layer and the row. */
export const vectorFormatMessages = {
  'import.dwg': (p: { file: string }) =>
    message(
      [
        '不能直接读取 DWG',
        `“${p.file}”是 AutoCAD 的 DWG 图形，其格式未公开，绿图不读取。`,
        '请在 CAD 中“另存为”DXF（AutoCAD 2007 或更高版本的 ASCII DXF）后选择该 DXF；或在 GIS 软件中导出为 GeoPackage 或 Shapefile。',
      ],
      [
        'DWG cannot be read directly',
        `“${p.file}” is an AutoCAD DWG drawing. The format is not public, and Greenprint does not read it.`,
        'In the CAD program choose “Save as” DXF (ASCII, AutoCAD 2007 or later) and choose that file, or export GeoPackage or Shapefile from a GIS.',
      ],
    ),
  'import.dxf-binary': (p: { file: string }) =>
    message(
      ['二进制 DXF 不支持', `“${p.file}”是二进制 DXF，绿图只读取文本（ASCII）DXF。`, '请在 CAD 中另存为 ASCII DXF 后重试。'],
      [
        'Binary DXF is not supported',
        `“${p.file}” is a binary DXF; Greenprint reads the text (ASCII) kind.`,
        'Save it as ASCII DXF in the CAD program and try again.',
      ],
    ),
  'import.vector-broken': (p: { file: string; layer: string | null; row: number | null; problem: Bilingual }) =>
    message(
      ['文件内容无法解读', `“${p.file}”${placeZh(p)}：${p.problem.zh}。`, '请重新复制该文件，或在原软件中重新导出后重试。'],
      [
        'The file cannot be decoded',
        `“${p.file}”${placeEn(p)}: ${p.problem.en}.`,
        'Copy the file again, or export it again from the program it came from.',
      ],
    ),
  'import.xml-broken': (p: { file: string; line: number; column: number; problem: Bilingual }) =>
    message(
      [
        'XML 有误',
        `“${p.file}”第 ${p.line} 行第 ${p.column} 列：${p.problem.zh}。`,
        '请重新导出该文件；手工编辑过的文件请检查该处。',
      ],
      [
        'Not valid XML',
        `“${p.file}”, line ${p.line}, column ${p.column}: ${p.problem.en}.`,
        'Export the file again; if it was edited by hand, look at that place.',
      ],
    ),
} satisfies MessageTable
