import type { LogSurvey } from './surveyLog.ts';

/**
 * What the order of joined logs rests on where their times leave it open, a sentence each.
 * @param shifts as `shiftsToOneAxis` gives them
 */
export function orderNotes(
  inputs: readonly { readonly name: string }[],
  surveys: readonly LogSurvey[],
  shifts: readonly (number | null)[],
): readonly string[] {
  const notes: string[] = [];
  const say = (of: (survey: LogSurvey, log: number) => boolean, words: string): void => {
    const names = inputs.filter((_, log) => of(surveys[log]!, log)).map(({ name }) => name);
    if (names.length > 0) notes.push(`${listed(names)}: ${words}`);
  };
  say(({ span }) => span === null, 'no times; placed behind the others.');
  say(
    ({ span }, log) => span !== null && shifts[log] === null,
    'times without a date, or of another time, that cannot be compared with those of the others; placed behind them.',
  );
  const moved = ({ span }: LogSurvey, log: number): boolean =>
    span !== null && shifts[log] !== null && shifts[log] !== 0;
  say(
    (survey, log) => moved(survey, log) && survey.span?.basis === 'no-year',
    'no year stated; put into the year in which the others lie.',
  );
  say(
    (survey, log) => moved(survey, log) && survey.span?.basis === 'no-date',
    'no date stated; put on the day on which the others lie.',
  );
  const zoneOf = ({ inferred }: LogSurvey): string | undefined => inferred.format.clock?.zone;
  if (surveys.some((survey) => survey.span !== null && zoneOf(survey) === 'stated')) {
    say(
      (survey, log) => shifts[log] !== null && zoneOf(survey) === 'assumed-utc',
      'no time zone stated; read as UTC.',
    );
  }
  return notes;
}

function listed(names: readonly string[]): string {
  return names.length > 3
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    : names.join(', ');
}
