import '../styles/common.css';
import './viewer.css';
import { visibleIn } from '../visible.ts';
import { connect } from './host.ts';
import { Viewer } from './viewer.ts';

const host = connect({
  begin: ({ state, rows }) => {
    viewer.begin(visibleIn(state), rows);
  },
  state: (state) => {
    viewer.tell(visibleIn(state));
  },
  indexed: (progress) => {
    viewer.tellIndexed(progress);
  },
  found: (count) => {
    viewer.tellFound(count);
  },
  changed: ({ change }) => {
    viewer.tellChanged(change);
  },
  reveal: ({ place, select }) => {
    viewer.reveal(place, select);
  },
  command: ({ command }) => {
    viewer.command(command);
  },
});
const viewer = new Viewer(host, document.body);
viewer.start();
