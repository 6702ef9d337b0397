import { name, role, type RoleInfo } from './role-info.ts'
import { CITY_ROLES } from './roles-city.ts'
import { GREEN_ROLES } from './roles-green.ts'
import { GRID_ROLES } from './roles-grids.ts'
import { LAND_ROLES } from './roles-land.ts'

export type { FieldType, GeometryKind, LayerKind, RoleField, RoleInfo } from './role-info.ts'

/** THE LIST of roles, in the order in which people see them. */
export const ROLES = {
  ...LAND_ROLES,
  ...GREEN_ROLES,
  ...CITY_ROLES,
  ...GRID_ROLES,
  other: role('其他（仅显示）', 'Other (shown only)', ['polygon', 'line', 'point'], { name }),
} satisfies Record<string, RoleInfo>

export type Role = keyof typeof ROLES

export const ROLE_IDS = Object.keys(ROLES) as [Role, ...Role[]]

export const roleInfo = (id: Role): RoleInfo => ROLES[id]

/** Whether layers of a role are grids of cells and not features. */
export const isRasterRole = (id: Role): boolean => roleInfo(id).kinds.includes('raster')
