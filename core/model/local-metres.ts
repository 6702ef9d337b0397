/** CRS of data in a plane that has no place on Earth, in metres: figures are then planar and say so. Apart from the manifest's schema, which threads that only compute do without. */
export const LOCAL_METRES = 'LOCAL:metre'
