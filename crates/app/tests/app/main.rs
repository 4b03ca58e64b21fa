//! The use cases' tests: one program, so that their large dependencies are linked once.

mod better;
mod briefing;
mod business;
mod business_figures;
mod coverage;
mod demo;
mod effect;
mod main_job;
mod planned_anew;
mod potential;
mod ratings;
mod realised;
mod roads;
mod scorecard;
mod shared;
mod spoiled_files;
mod spreadsheet;
mod territories;
mod told_toss_ups;
mod toss_ups;
mod trade_figures;
