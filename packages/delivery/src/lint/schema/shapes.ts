import type { Shapes } from './shape';
import { SHAPES_JSON } from './shapes.gen';

/** What lint knows of the fields of each kind. */
export const SHAPES = JSON.parse(SHAPES_JSON) as Shapes;
