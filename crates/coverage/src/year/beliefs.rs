//! What the parameters may well be: a fixed set of draws from their 80 % bands, the same for every partner, so that
//! totals are as uncertain as the parameters make them. Each draw is one world in which everything is valued.

use spelplan_facts::{Band, Model, Parameter, ParameterName, Settings};

/// How many worlds.
pub(crate) const DRAWS: usize = 24;

/// The normal quantile of .9.
const NINE_TENTHS: f64 = 1.281_551_565_5;

/// The parameters drawn, in the order of their dimension. Video's building force is not among them: it is asked about.
const DRAWN: [ParameterName; 6] = [
    ParameterName::Build,
    ParameterName::HalfLife,
    ParameterName::DigitalRelief,
    ParameterName::DigitalScale,
    ParameterName::BaseShare,
    ParameterName::Response,
];

/// A segment's model in each world.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Beliefs {
    /// The parameters in use.
    pub(crate) model: Model,
    /// The same in each world.
    pub(crate) worlds: [Model; DRAWS],
}

impl Beliefs {
    /// Of that segment.
    pub(crate) fn of(settings: &Settings, segment: &str) -> Beliefs {
        let model = settings.model_of(segment);
        let world = |draw: usize| {
            DRAWN.iter().enumerate().fold(model, |world, (dimension, &name)| {
                let band = band_of(settings, segment, &model, name);
                let value = drawn(band, normal(place(draw, dimension)));
                world.with(name, value.clamp(0.0, most(name)))
            })
        };
        Beliefs { model, worlds: std::array::from_fn(world) }
    }
}

/// Low, value and high: the segment's own band, else the default's, moved along where the company's value is another.
/// Nothing is learned of the response where nobody has said anything of it: there it is not drawn, the potential is.
fn band_of(settings: &Settings, segment: &str, model: &Model, name: ParameterName) -> [f64; 3] {
    let own = settings.segments.iter().find(|one| one.segment == segment);
    if let Some(known) = own.and_then(|own| own.parameter(name)) {
        return [known.low, known.value, known.high];
    }
    let (default, value) = (Parameter::default_of(name), model.value(name));
    if name == ParameterName::Response || default.value <= 0.0 {
        return [value; 3];
    }
    let scale = value / default.value;
    [default.low * scale, value, default.high * scale]
}

fn most(name: ParameterName) -> f64 {
    match name {
        ParameterName::Build | ParameterName::DigitalRelief => 0.95,
        ParameterName::BaseShare => 1.0,
        _ => f64::INFINITY,
    }
}

/// A partner's potential in each world: within its own band, independent of other partners'.
pub(crate) fn potentials(band: &Band, partner: i64) -> [f64; DRAWS] {
    let units = [band.low.units(), band.value.units(), band.high.units()];
    let turn = (partner.rem_euclid(1 << 20) as f64 * 0.618_033_988_749_895).fract();
    std::array::from_fn(|draw| drawn(units, normal((place(draw, DRAWN.len()) + turn).fract())))
}

/// The value that lies so many standard deviations from the middle, in logs, with each side's own spread.
fn drawn([low, value, high]: [f64; 3], deviation: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let side =
        if deviation > 0.0 { (high / value).max(1.0).ln() } else { (value / low.max(0.05 * value)).max(1.0).ln() };
    value * (deviation * side / NINE_TENTHS).exp()
}

/// Evenly spread points of the unit interval, one dimension each (Roberts' sequence: powers of the root of
/// x^8 = x + 1 for seven dimensions).
fn place(draw: usize, dimension: usize) -> f64 {
    const ROOT: f64 = 1.096_981_557_798_559_8;
    let step = ROOT.powi(-(dimension as i32 + 1));
    (0.5 + step * (draw + 1) as f64).fract()
}

/// The standard normal quantile (Acklam's rational approximation, relative error below 1.2e-9), within +-2.5.
fn normal(share: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
    ];
    // Within the central region the one formula holds; the draws are few, so the tails are cut there.
    let centred = share.clamp(0.024_25, 0.975_75) - 0.5;
    let square = centred * centred;
    let polynomial = |coefficients: &[f64]| coefficients.iter().fold(0.0, |sum, one| sum * square + one);
    let divisor = B.iter().fold(0.0, |sum, one| (sum + one) * square) + 1.0;
    centred * polynomial(&A) / divisor
}

/// The 10th and 90th of a hundred, interpolated, of what the worlds say.
pub(crate) fn spread(mut worlds: [f64; DRAWS]) -> (f64, f64) {
    worlds.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (DRAWS - 1) as f64;
        let (below, part) = (place.floor() as usize, place.fract());
        worlds[below] + part * (worlds[(below + 1).min(DRAWS - 1)] - worlds[below])
    };
    (at(0.1), at(0.9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_quantile_is_right_in_the_middle() {
        for (share, expected) in [(0.5, 0.0), (0.9, 1.281_551_565_5), (0.1, -1.281_551_565_5), (0.7, 0.524_400_512_7)] {
            assert!((normal(share) - expected).abs() < 1e-8, "{share}: {}", normal(share));
        }
    }

    #[test]
    fn four_in_five_worlds_lie_within_the_band() {
        let settings = Settings::default();
        let beliefs = Beliefs::of(&settings, "");
        for name in DRAWN.into_iter().filter(|name| *name != ParameterName::Response) {
            let band = Parameter::default_of(name);
            let values = beliefs.worlds.map(|world| world.value(name));
            let inside = values.iter().filter(|value| (band.low..=band.high).contains(*value)).count();
            assert!((17..=22).contains(&inside), "{name:?}: {inside} of {DRAWS} in {band:?}: {values:?}");
            let below = values.iter().filter(|value| **value < band.value).count();
            assert!((10..=14).contains(&below), "{name:?}: {below} below the middle");
        }
        assert!(beliefs.worlds.iter().all(|world| world.response == 1.0 && world.video_build == 0.0));
    }
}
