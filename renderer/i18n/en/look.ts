import type { look as zh } from '../zh/look.ts'
import type { Same } from '../same.ts'

export const look: Same<typeof zh> = {
  title: 'How the map looks',
  palette: 'Land-use colours',
  standard: 'Standard of the mapping rules',
  system: 'Coordinates and graticule in',
  labels: 'Names',
  graticule: 'Graticule',
  middle: 'middle of the map',
  scale: 'Scale',
}
