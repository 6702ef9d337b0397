import type { Bilingual } from '../text.ts'

export type GeometryKind = 'polygon' | 'line' | 'point'
/** What a layer is made of: features of one kind of geometry, or the cells of a grid. */
export type LayerKind = GeometryKind | 'raster'
export type FieldType = 'text' | 'number' | 'boolean'

/** One attribute that Greenprint understands, and the names offices give it. */
export interface RoleField {
  type: FieldType
  title: Bilingual
  required?: boolean
  /** Source field names that mean this attribute, upper case; pinyin initials included. */
  aliases: readonly string[]
}

/** What a layer is for. The table below is the only list of roles; `greenprint roles` prints it. */
export interface RoleInfo {
  title: Bilingual
  kinds: readonly LayerKind[]
  fields: Readonly<Record<string, RoleField>>
  /** Layer or file names that suggest this role, upper case, matched as a whole or as a prefix/suffix part. */
  names: readonly string[]
}

const text = (zh: string, en: string, ...aliases: string[]): RoleField => ({ type: 'text', title: { zh, en }, aliases })
const number = (zh: string, en: string, ...aliases: string[]): RoleField => ({ type: 'number', title: { zh, en }, aliases })
const yesNo = (zh: string, en: string, ...aliases: string[]): RoleField => ({ type: 'boolean', title: { zh, en }, aliases })
const required = (field: RoleField): RoleField => ({ ...field, required: true })

const name = text('名称', 'Name', 'NAME', 'MC', 'NAMES', 'TITLE', '名称')
const landuse = {
  class: required(
    text(
      '用地用海分类代码',
      'Land-use class',
      'YDYHFLDM',
      'YDYHDM',
      'DLBM',
      'CLASS',
      'CODE',
      'LANDUSE',
      'YDDM',
      'LU_DESC',
      'TYPE',
    ),
  ),
  name: text('用地用海分类名称', 'Class name', 'YDYHFLMC', 'DLMC', 'YDMC', 'CLASS_NAME'),
  parcel: text('地块编号', 'Parcel number', 'DKBH', 'TBBH', 'BSM', 'PARCEL_ID'),
  far: number('容积率', 'Floor area ratio', 'RJL', 'FAR', 'RJLSX', 'DSRJLSX'),
  greenRatio: number('绿地率', 'Green space ratio', 'LDL', 'GREEN_RATIO'),
}
const line = {
  name,
  exemption: text('准入/豁免依据', 'Exemption', 'HMYJ', 'EXEMPTION'),
}

const role = (
  zh: string,
  en: string,
  kinds: readonly LayerKind[],
  fields: Readonly<Record<string, RoleField>>,
  ...names: string[]
): RoleInfo => ({ title: { zh, en }, kinds, fields, names })

export const ROLES = {
  admin: role(
    '行政区与规划单元',
    'Districts and plan units',
    ['polygon'],
    {
      name,
      code: text('代码', 'Code', 'XZQDM', 'CODE', 'DYBH', 'BZDYBH'),
      level: text('层级', 'Level (municipal, central_city, district, cluster, unit)', 'LEVEL', 'JB', 'CJ'),
      intensityCap: number('开发强度上限', 'Development-intensity cap', 'KFQDSX', 'INTENSITY_CAP', 'CAP'),
    },
    'XZQ',
    'ADMIN',
    'DISTRICT',
    'DISTRICTS',
    'UNIT',
    'UNITS',
    'BOUNDARY',
    'SUBZONE',
    '行政区',
  ),
  landuse_base: role(
    '现状（基期）用地用海',
    'Base-year land use',
    ['polygon'],
    landuse,
    'JQYDYH',
    'XZYDYH',
    'DLTB',
    'LANDUSE_BASE',
    'BASELINE_LANDUSE',
  ),
  landuse_plan: role(
    '规划用地用海',
    'Planned land use',
    ['polygon'],
    landuse,
    'GHYDYH',
    'ZXCQGHYDYH',
    'GHYD',
    'LANDUSE_PLAN',
    'PLAN_LANDUSE',
    'LANDUSE',
  ),
  pbf: role('永久基本农田', 'Permanent basic farmland', ['polygon'], line, 'YJJBNT', 'YJJBNTTB', 'PBF'),
  eco_redline: role('生态保护红线', 'Ecological redline', ['polygon'], line, 'STBHHX', 'ECO_REDLINE', 'ERL'),
  udb: role('城镇开发边界', 'Urban development boundary', ['polygon'], line, 'CZKFBJ', 'UDB'),
  green: role(
    '公园与绿地',
    'Parks and green space',
    ['polygon'],
    {
      name,
      parkLevel: number('公园层级 1–5', 'Park level 1–5', 'PARK_LEVEL', 'GYJB', 'LEVEL', 'JB'),
      status: text('状态（existing, planned）', 'Status (existing, planned)', 'STATUS', 'GHZT', 'ZT'),
      isPublic: yesNo('对公众开放', 'Open to the public', 'PUBLIC', 'IS_PUBLIC', 'GKKF'),
    },
    'GREEN',
    'PARKS',
    'PARK',
    'LD',
    'GYLD',
    'NPARKS',
    '公园',
    '绿地',
  ),
  park_entrance: role('公园出入口', 'Park entrances', ['point'], { name }, 'PARK_ENTRANCE', 'PARK_ENTRANCES', 'GYCRK'),
  water: role('水域', 'Water bodies', ['polygon'], { name }, 'WATER', 'SY', 'SX', '水域'),
  waterway: role(
    '河道水系（线）',
    'Waterways',
    ['line'],
    {
      name,
      bankType: text('岸线类型', 'Bank type', 'BANK_TYPE', 'ALX'),
      renatured: yesNo('规划再自然化', 'To be renatured', 'RENATURED'),
    },
    'WATERWAY',
    'WATERWAYS',
    'STREAM',
    'STREAMS',
    'RIVER',
  ),
  corridor: role(
    '生态廊道',
    'Green corridors',
    ['polygon', 'line'],
    {
      name,
      form: text('形态（ring, wedge, patch, corridor）', 'Form (ring, wedge, patch, corridor)', 'FORM', 'GI_FORM', 'XT', 'LX'),
      widthM: number('宽度（m）', 'Width (m)', 'WIDTH', 'WIDTH_M', 'KD'),
      level: text('级别', 'Level', 'LEVEL', 'JB'),
    },
    'STLD',
    'CORRIDOR',
    'CORRIDORS',
    '生态廊道',
  ),
  greenway: role(
    '绿道与公园连接线',
    'Greenways and park connectors',
    ['line'],
    { name, kind: text('类型', 'Kind', 'KIND', 'LX', 'TYPE') },
    'GREENWAY',
    'GREENWAYS',
    'LVD',
    'PCN',
    'PARK_CONNECTOR',
    'CONNECTOR',
    '绿道',
  ),
  protected: role(
    '自然保护地',
    'Protected natural areas',
    ['polygon'],
    { name, grade: text('级别', 'Grade', 'GRADE', 'JB', 'LX') },
    'ZRBHD',
    'PROTECTED',
    '自然保护地',
  ),
  road_network: role(
    '道路（可步行）',
    'Walkable roads',
    ['line'],
    { name, roadClass: text('道路等级', 'Road class', 'ROAD_CLASS', 'HIGHWAY', 'DLDJ', 'CLASS') },
    'ROAD',
    'ROADS',
    'ROAD_NETWORK',
    'DL',
    '道路',
  ),
  population: role(
    '人口',
    'Population',
    ['polygon', 'point'],
    { name, persons: required(number('人数', 'Persons', 'PERSONS', 'POP', 'POPULATION', 'RK', 'CZRK', 'POP2020', 'TOTAL')) },
    'POPULATION',
    'POP',
    'RK',
    '人口',
  ),
  jobs: role(
    '就业岗位',
    'Jobs',
    ['polygon', 'point'],
    { name, jobs: required(number('岗位数', 'Jobs', 'JOBS', 'GW', 'JYGW')) },
    'JOBS',
    'JOB',
    'JYGW',
  ),
  facility: role(
    '公共服务设施',
    'Public facilities',
    ['point'],
    { name, kind: required(text('类型', 'Kind', 'KIND', 'LX', 'TYPE')) },
    'FACILITY',
    'FACILITIES',
    'GGFWSS',
    'POI',
  ),
  stock: role(
    '存量（低效闲置）用地',
    'Stock land (idle or inefficient)',
    ['polygon'],
    {
      name,
      kind: text('类型（idle, inefficient）', 'Kind (idle, inefficient)', 'KIND', 'LX'),
      programmed: yesNo('已安排用途和期限', 'Has a use and a date', 'PROGRAMMED'),
    },
    'STOCK',
    'CLYD',
    'DXYD',
  ),
  rail_station: role(
    '轨道站点',
    'Rail stations',
    ['point', 'polygon'],
    { name },
    'RAIL_STATION',
    'RAIL_STATIONS',
    'STATION',
    'STATIONS',
    'MRT',
    'GDZD',
    'MRT_EXITS',
  ),
  centre: role(
    '城市中心',
    'Centres',
    ['point'],
    { name, rank: number('级别 1–3', 'Rank 1–3', 'RANK', 'JB', 'LEVEL') },
    'CENTRE',
    'CENTRES',
    'CENTER',
    'CENTERS',
    'ZX',
  ),
  opportunity_area: role(
    '机遇（潜力）地区',
    'Opportunity areas',
    ['polygon'],
    {
      name,
      strategy: text('策略', 'Strategy', 'STRATEGY', 'CL'),
      homes: number('住房容量（套）', 'Homes', 'HOMES', 'ZFTS'),
      jobs: number('岗位容量', 'Jobs', 'JOBS', 'GW'),
      phase: text('时序', 'Phase', 'PHASE', 'SX'),
    },
    'OPPORTUNITY_AREA',
    'OPPORTUNITY_AREAS',
    'OPPORTUNITY',
    'QLDQ',
    '潜力地区',
  ),
  canopy: role(
    '树冠覆盖',
    'Tree canopy',
    ['raster'],
    {},
    'CANOPY',
    'TREE_CANOPY',
    'CANOPY_COVER',
    'TREE_COVER',
    'SGFG',
    'SGFGL',
    '树冠',
  ),
  heat: role(
    '地表温度',
    'Surface temperature',
    ['raster'],
    {},
    'HEAT',
    'LST',
    'SURFACE_TEMPERATURE',
    'HEAT_ISLAND',
    'UHI',
    'DBWD',
    '地表温度',
    '热岛',
  ),
  population_grid: role(
    '人口格网',
    'Population grid',
    ['raster'],
    {},
    'POPULATION_GRID',
    'POP_GRID',
    'WORLDPOP',
    'GHS_POP',
    'LANDSCAN',
    'RKGW',
    '人口格网',
    '人口网格',
  ),
  raster: role('其他栅格（仅显示）', 'Other grid (shown only)', ['raster'], {}, 'RASTER', 'GRID'),
  other: role('其他（仅显示）', 'Other (shown only)', ['polygon', 'line', 'point'], { name }),
} satisfies Record<string, RoleInfo>

export type Role = keyof typeof ROLES

export const ROLE_IDS = Object.keys(ROLES) as [Role, ...Role[]]

export const roleInfo = (id: Role): RoleInfo => ROLES[id]

/** Whether layers of a role are grids of cells and not features. */
export const isRasterRole = (id: Role): boolean => roleInfo(id).kinds.includes('raster')
