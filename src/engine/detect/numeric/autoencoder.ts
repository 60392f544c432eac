import { seededRandom } from '../../base/random.ts';

export interface AutoencoderOptions {
  /** Widths of the hidden layers, e.g. 16-4-16; the bottleneck is what makes it a detector. */
  readonly hidden: readonly number[];
  /** Mini-batches to take. */
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  readonly seed: number;
}

/** A trained network that reproduces usual rows and fails on unusual ones. */
export interface Autoencoder {
  /** Writes the reproduction of a row of `width` entries. */
  reconstruct(row: Float32Array, into: Float32Array): void;
}

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

const leak = 0.01;

function createLayers(widths: readonly number[], seed: number): Layer[] {
  const random = seededRandom(seed);
  const layers: Layer[] = [];
  for (let index = 0; index + 1 < widths.length; index += 1) {
    const inputs = widths[index]!;
    const outputs = widths[index + 1]!;
    // He initialisation (2015), uniform: keeps the variance through leaky rectifiers.
    const limit = Math.sqrt(6 / inputs) * (index + 2 === widths.length ? 0.5 : 1);
    const weights = Float32Array.from(
      { length: inputs * outputs },
      () => (random() * 2 - 1) * limit,
    );
    layers.push({ inputs, outputs, weights, bias: new Float32Array(outputs) });
  }
  return layers;
}

/** `into` = layer(`from`), leaky unless it is the last one. */
function forward(layer: Layer, from: Float32Array, into: Float32Array, linear: boolean): void {
  const { inputs, outputs, weights, bias } = layer;
  for (let out = 0; out < outputs; out += 1) {
    let sum = bias[out]!;
    const base = out * inputs;
    for (let input = 0; input < inputs; input += 1) sum += weights[base + input]! * from[input]!;
    into[out] = linear || sum > 0 ? sum : sum * leak;
  }
}

/** Adam (Kingma & Ba 2015) over one parameter array. */
class Adam {
  readonly #parameters: Float32Array;
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  readonly gradient: Float32Array;

  constructor(parameters: Float32Array) {
    this.#parameters = parameters;
    this.#first = new Float32Array(parameters.length);
    this.#second = new Float32Array(parameters.length);
    this.gradient = new Float32Array(parameters.length);
  }

  /** `rate` already holds the bias correction of this step. */
  step(rate: number): void {
    const { gradient } = this;
    const parameters = this.#parameters;
    const first = this.#first;
    const second = this.#second;
    for (let index = 0; index < parameters.length; index += 1) {
      const slope = gradient[index]!;
      const mean = first[index]! * 0.9 + slope * 0.1;
      const square = second[index]! * 0.999 + slope * slope * 0.001;
      first[index] = mean;
      second[index] = square;
      parameters[index] = parameters[index]! - (rate * mean) / (Math.sqrt(square) + 1e-8);
      gradient[index] = 0;
    }
  }
}

/** Draws row indexes in proportion to their weights. */
function weightedSampler(weights: ArrayLike<number>, seed: number): () => number {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (let index = 0; index < weights.length; index += 1) {
    total += weights[index]!;
    cumulative[index] = total;
  }
  const random = seededRandom(seed);
  return () => {
    const target = random() * total;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/**
 * Trains a small dense autoencoder with mean squared error on rows drawn in proportion to their
 * weights, so that a row that stands for 10,000 sessions costs as little as one that stands for one.
 *
 * @param rows row-major, `rows.length / width` rows, standardised by the caller
 */
export function trainAutoencoder(
  rows: Float32Array,
  width: number,
  weights: ArrayLike<number>,
  options: AutoencoderOptions,
): Autoencoder {
  const widths = [width, ...options.hidden, width];
  const layers = createLayers(widths, options.seed);
  const optimisers = layers.map((layer) => ({
    weights: new Adam(layer.weights),
    bias: new Adam(layer.bias),
  }));
  const values = widths.map((size) => new Float32Array(size));
  const errors = widths.map((size) => new Float32Array(size));
  const draw = weightedSampler(weights, options.seed ^ 0x9e3779b9);
  const last = layers.length - 1;

  const backward = (): void => {
    for (let index = last; index >= 0; index -= 1) {
      const { inputs, outputs, weights } = layers[index]!;
      const below = values[index]!;
      const error = errors[index + 1]!;
      const errorBelow = errors[index]!;
      const slopes = optimisers[index]!.weights.gradient;
      const biasSlopes = optimisers[index]!.bias.gradient;
      errorBelow.fill(0);
      for (let out = 0; out < outputs; out += 1) {
        const delta = error[out]!;
        biasSlopes[out] = biasSlopes[out]! + delta;
        const base = out * inputs;
        // Nobody asks for the error of the inputs.
        if (index === 0) {
          for (let input = 0; input < inputs; input += 1) {
            slopes[base + input] = slopes[base + input]! + delta * below[input]!;
          }
          continue;
        }
        for (let input = 0; input < inputs; input += 1) {
          const place = base + input;
          slopes[place] = slopes[place]! + delta * below[input]!;
          errorBelow[input] = errorBelow[input]! + delta * weights[place]!;
        }
      }
      if (index === 0) continue;
      for (let input = 0; input < inputs; input += 1) {
        if (below[input]! <= 0) errorBelow[input] = errorBelow[input]! * leak;
      }
    }
  };

  const run = (): void => {
    for (let index = 0; index <= last; index += 1) {
      forward(layers[index]!, values[index]!, values[index + 1]!, index === last);
    }
  };

  const drawn = new Uint32Array(options.batch);
  for (let step = 1; step <= options.steps; step += 1) {
    for (let sample = 0; sample < options.batch; sample += 1) drawn[sample] = draw();
    // A row that was drawn several times is run once and counts as often.
    drawn.sort();
    for (let sample = 0; sample < options.batch;) {
      const row = drawn[sample]!;
      const first = sample;
      while (sample < options.batch && drawn[sample] === row) sample += 1;
      values[0]!.set(rows.subarray(row * width, (row + 1) * width));
      run();
      const output = values[last + 1]!;
      const error = errors[last + 1]!;
      const scale = (2 * (sample - first)) / (width * options.batch);
      for (let index = 0; index < width; index += 1) {
        error[index] = (output[index]! - values[0]![index]!) * scale;
      }
      backward();
    }
    const correction = Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
    for (const optimiser of optimisers) {
      optimiser.weights.step(options.rate * correction);
      optimiser.bias.step(options.rate * correction);
    }
  }

  return {
    reconstruct(row, into) {
      values[0]!.set(row);
      run();
      into.set(values[last + 1]!);
    },
  };
}
