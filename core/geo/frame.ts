/**
 * The plane in which a plan is analysed and shown.
 *
 * `equal-area`: Lambert azimuthal equal-area on the plan's own ellipsoid, centred on the plan, so that a planar area in it
 * *is* the ellipsoidal area and lengths near the centre are true. `planar`: data without a place on Earth, metres as given.
 */
export type Frame =
  | { kind: 'equal-area'; lonDeg: number; latDeg: number; semiMajorM: number; inverseFlattening: number }
  | { kind: 'planar'; originX: number; originY: number }
