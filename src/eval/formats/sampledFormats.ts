import { formats } from '../../engine/record/formats.ts';
import type { FormatEntry } from '../../engine/record/formats/formatEntry.ts';
import type { FormatSample, SamplesByFormat } from './formatSample.ts';
import { cloudsSamples } from './samples/clouds.ts';
import { containerSamples } from './samples/container.ts';
import { dataSamples } from './samples/data.ts';
import { pipelinesSamples } from './samples/pipelines.ts';
import { programsSamples } from './samples/programs.ts';
import { serversSamples } from './samples/servers.ts';
import { structuredSamples } from './samples/structured.ts';
import { systemSamples } from './samples/system.ts';
import { webSamples } from './samples/web.ts';

/** A format of the table with lines in it and what must be read from them. */
export interface SampledFormat extends FormatEntry {
  readonly samples: readonly FormatSample[];
}

const samples: SamplesByFormat = {
  ...cloudsSamples,
  ...containerSamples,
  ...dataSamples,
  ...pipelinesSamples,
  ...programsSamples,
  ...serversSamples,
  ...structuredSamples,
  ...systemSamples,
  ...webSamples,
};

/** The table with the samples that are its tests; kept apart, since no product reads them. */
export const sampledFormats: readonly SampledFormat[] = formats.map((entry) => ({
  ...entry,
  samples: samples[entry.name] ?? [],
}));
