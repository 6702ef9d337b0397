import type { Note } from '../model/plan.ts'
import { bilingual, type Bilingual } from '../text.ts'

/** What whoever submitted the files should do about a kind of problem, by its code, or the first word of it. */
const ADVICE: Readonly<Record<string, Bilingual>> = {
  'crs.datum-old': bilingual(
    '请转换到 2000 国家大地坐标系（CGCS2000）后重报；确需以原坐标系报送的，请说明理由并由双方约定转换参数。',
    'Submit it again in CGCS2000; where the older system is needed, say why and agree on the parameters of the shift.',
  ),
  crs: bilingual(
    '请随数据提供正确的坐标系说明（Shapefile 须附 .prj），或将数据转换到要求的坐标系后重报。',
    'Supply the correct coordinate system with the data (a .prj with each Shapefile), or submit it again in the required system.',
  ),
  encoding: bilingual(
    '请随 Shapefile 提供写明编码的 .cpg 文件，或改用 GeoPackage 报送。',
    'Supply a .cpg file that names the encoding with each Shapefile, or submit GeoPackage instead.',
  ),
  class: bilingual(
    '请按《国土空间调查、规划、用途管制用地用海分类指南》的代码填写，或附代码对照表。',
    'Use the codes of the 2023 land-use classification, or supply a table of your codes.',
  ),
  fields: bilingual('请补齐所列字段，或说明对应的字段名。', 'Add the missing attributes, or say which fields hold them.'),
  area: bilingual('请核对面积字段与图形，使二者一致。', 'Check the declared areas against the geometry until they agree.'),
  geometry: bilingual(
    '请在 GIS 中检查并修复图形（自相交、重叠、缝隙、未闭合）后重报。',
    'Check and repair the geometry in a GIS (self-intersections, overlaps, gaps, open rings) and submit again.',
  ),
  topology: bilingual('请消除图斑之间的重叠与缝隙后重报。', 'Remove overlaps and gaps between the patches and submit again.'),
  layer: bilingual('请确认该图层是否应当报送。', 'Say whether this layer belongs to the submission.'),
  role: bilingual('请说明该图层的内容和用途。', 'Say what this layer shows and what it is for.'),
}

const GENERAL = bilingual('请核对数据，必要时补正后重报。', 'Check the data and, where needed, correct it and submit again.')

/** What the submitter should do about a problem. */
export const adviceFor = ({ code }: Pick<Note, 'code'>): Bilingual =>
  ADVICE[code ?? ''] ?? ADVICE[code?.split('.')[0] ?? ''] ?? GENERAL
