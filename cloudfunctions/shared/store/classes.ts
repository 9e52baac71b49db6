import type { TrainingClass } from '../domain/training-class';
import { PlacedCollection } from './placed-collection';

export const classes = new PlacedCollection<TrainingClass, 'classes'>('classes');
