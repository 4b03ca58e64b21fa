//! The adapters' tests: one program, so that its large dependencies are linked once.

mod post;
mod services;
mod sink;
