/** Pictures of a box to tick and of a ring to choose, chosen first. TDesign's own come with its icon font, from the network. */
export const BOX_MARKS = ['/assets/icons/box-on.svg', '/assets/icons/box.svg'];
export const RING_MARKS = ['/assets/icons/ring-on.svg', '/assets/icons/ring.svg'];
