import { killAtEveryPoint } from './review-kills.ts';

killAtEveryPoint('redis');
