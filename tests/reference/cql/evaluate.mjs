// Runs CQL libraries on the reference engine (CQL-to-ELM translator of cqframework, then cql-execution) over charts.
// Standard input: {"libraries": {name: text}, "charts": [{parameter: value}], "repeat": 1}
//   a value is true, 3, "text", {"value": 30, "unit": "10*9/L"}, {"date": "2026-11-22"}; a parameter that is absent is null.
// Standard output: {"names": [...], "verdicts": [[true|false|null, ...] a chart], "nanoseconds": total time of evaluation}
import { CqlTranslator, LibraryManager, ModelManager, createUcumService } from '@cqframework/cql/cql-to-elm';
import { SystemModelInfoProvider } from '@cqframework/cql/cql';
import { BigDecimal } from '@cqframework/cql/shared';
import { Pair } from '@cqframework/cql/kotlin-kotlin-stdlib';
import cql from 'cql-execution';
import ucumModule from '@lhncbc/ucum-lhc';

const ucum = (ucumModule.UcumLhcUtils ?? ucumModule.default.UcumLhcUtils).getInstance();
const ucumService = createUcumService(
  (value, from, to) => String(ucum.convertUnitTo(from, Number(value), to).toVal),
  unit => ucum.validateUnitString(unit).status === 'valid' ? null : `invalid unit ${unit}`,
  (a, b) => new Pair(a.first, a.second),
  (a, b) => new Pair(a.first, a.second));

const input = JSON.parse(await new Promise(resolve => {
  let text = '';
  process.stdin.setEncoding('utf8').on('data', d => text += d).on('end', () => resolve(text));
}));

function translate(text) {
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
  const libraries = new LibraryManager(models, undefined, undefined, ucumService);
  const elm = JSON.parse(CqlTranslator.fromText(text, libraries).toJson());
  const errors = (elm.library.annotation ?? []).filter(a => a.errorSeverity === 'error');
  if (errors.length) throw new Error(`${elm.library.identifier?.id}: ${errors.map(e => `line ${e.startLine}: ${e.message}`).join('; ')}`);
  return elm;
}

const value = v => v === null || typeof v !== 'object' ? v
  : 'unit' in v ? new cql.Quantity(v.value, v.unit)
  : cql.Date.parse(v.date);

const names = [], verdicts = input.charts.map(() => []);
let nanoseconds = 0n;
for (const [library, text] of Object.entries(input.libraries)) {
  const elm = translate(text);
  const parameters = elm.library.parameters?.def.map(p => p.name) ?? [];
  const defined = elm.library.statements.def.filter(d => d.type !== 'FunctionDef' && d.expression).map(d => d.name);
  names.push(...defined.map(n => `${library}|${n}`));
  const compiled = new cql.Library(elm);
  const source = new cql.PatientSource([]);
  const prepared = input.charts.map(chart => Object.fromEntries(parameters.map(p => [p, value(chart[p] ?? null)])));
  for (let round = 0; round < (input.repeat ?? 1); round++) {
    for (const [i, own] of prepared.entries()) {
      const executor = new cql.Executor(compiled, undefined, own);
      const start = process.hrtime.bigint();
      const results = (await executor.exec(source)).unfilteredResults;
      nanoseconds += process.hrtime.bigint() - start;
      if (round === 0) verdicts[i].push(...defined.map(n => results[n] === undefined ? null : results[n]));
    }
  }
}
process.stdout.write(JSON.stringify({ names, verdicts, nanoseconds: Number(nanoseconds) }));
