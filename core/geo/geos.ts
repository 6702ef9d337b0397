/** Placeholder of the interface, replaced by the geometry room. */
export interface Geos {
  readonly version: string
}
