$curve0 << END
2.12686 89.496 89.3247 89.6673
2.37747 89.574 89.3588 89.7892
END
$curve1 << END
2.12487 88.406 88.2307 88.5813
2.37489 88.494 88.2925 88.6955
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [1.6999:2.97184]
set xtics ("2.12" 2.12487, "2.37" 2.37489)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, poisson(rate=0.13653333333333334), pld accountant}\n{/*0.7 example level, add-or-remove-one, poisson(rate=0.034133333333333335), pld accountant}\n{/*0.7 points: mean of 5 with 95 % interval}"
set ylabel "Test accuracy (%)"
set key below horizontal opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "linear", \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "scatternet-cnn"
